package main

import (
	"os"
	"syscall"
	"unsafe"
)

// torn is memory across two pages, of which the second is dropped when nobody should look at it any more; a program that
// does all the same gets it back from its file.
type torn struct{ first, second []byte }

func newTorn(size int) torn {
	page := os.Getpagesize()
	file, err := os.CreateTemp("", "page")
	check(err)
	defer file.Close()
	check(os.Remove(file.Name()))
	check(file.Truncate(int64(2 * page)))
	both, err := syscall.Mmap(int(file.Fd()), 0, 2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	check(err)
	half := (size + 1) / 2
	return torn{both[page-half : page : page+size-half], both[page:]}
}

func (t torn) drop() { check(syscall.Madvise(t.second, syscall.MADV_DONTNEED)) }

// text is a string there.
func (t torn) text(s string) string {
	whole := t.first[:len(s)]
	copy(whole, s)
	return unsafe.String(&whole[0], len(s))
}

// list is a list of one string there.
func (t torn) list(s string) []string {
	whole := unsafe.Slice((*string)(unsafe.Pointer(&t.first[0])), 1)
	whole[0] = s
	return whole
}

// pages are dropped all at once.
type pages []torn

func (p *pages) text(s string) string {
	page := newTorn(len(s))
	*p = append(*p, page)
	return page.text(s)
}

func (p *pages) list(s string) []string {
	page := newTorn(int(unsafe.Sizeof(s)))
	*p = append(*p, page)
	return page.list(s)
}

func (p *pages) drop() {
	for _, page := range *p {
		page.drop()
	}
}
