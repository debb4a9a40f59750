package main

import "sync"

// poolSize is fewer than the trees at once, so that jobs of one tree are done between those of another.
const poolSize = 16

// pools have workers that all trees share, started by the first job: what they do is done long after that is over.
type pools struct {
	once    sync.Once
	jobs    chan func()
	workers sync.WaitGroup
}

func (p *pools) open() { p.jobs = make(chan func()) }

func (p *pools) do(job func()) {
	p.once.Do(func() {
		for i := 0; i < poolSize; i++ {
			p.workers.Add(1)
			go func() {
				defer p.workers.Done()
				for job := range p.jobs {
					job()
				}
			}()
		}
	})
	p.jobs <- job
}

func (p *pools) close() {
	close(p.jobs)
	p.workers.Wait()
}
