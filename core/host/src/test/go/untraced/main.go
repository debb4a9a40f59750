// Untraced makes traffic that nobody traces.
//
//	untraced after SOCKET ADDRESS    calls from each port that it is told of, once its former user is done with it
//	untraced from PORT ADDRESS       makes one call from a port when stdin says so
//	untraced load ADDRESS N          requests over N connections until stdin says so; counts them and those that failed
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("untraced: ")
	switch os.Args[1] {
	case "after":
		after(os.Args[2], os.Args[3])
	case "from":
		port, err := strconv.Atoi(os.Args[2])
		check(err)
		fmt.Println("ready")
		bufio.NewReader(os.Stdin).ReadString('\n')
		fmt.Println("called", callFrom(port, os.Args[3], "/u/0", 0))
	case "load":
		connections, err := strconv.Atoi(os.Args[3])
		check(err)
		load(os.Args[2], connections)
	}
}

// after listens for "port worker number" and answers when it has called from that port.
func after(socket, address string) {
	l, err := net.Listen("unix", socket)
	check(err)
	var calls atomic.Int64
	go func() {
		for {
			conn, err := l.Accept()
			check(err)
			go follow(conn, address, &calls)
		}
	}()
	fmt.Println("ready")
	bufio.NewReader(os.Stdin).ReadString('\n')
	fmt.Println("called", calls.Load())
	bufio.NewReader(os.Stdin).ReadString('\n')
}

func follow(conn net.Conn, address string, calls *atomic.Int64) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		var port, worker, number int
		_, err := fmt.Sscan(lines.Text(), &port, &worker, &number)
		check(err)
		calls.Add(callFrom(port, address, fmt.Sprintf("/u/%d/%d", worker, number), number/4%3))
		fmt.Fprintln(conn, "done")
	}
}

// callFrom speaks HTTP by hand: one request, two over one connection, or two at once.
func callFrom(port int, address, path string, how int) int64 {
	conn := dial(port, address)
	defer conn.Close()
	in := bufio.NewReader(conn)
	request := func(path string) string { return "GET " + path + " HTTP/1.1\r\nHost: untraced\r\n\r\n" }
	switch how {
	case 0:
		io.WriteString(conn, request(path))
		answer(in)
		return 1
	case 1:
		io.WriteString(conn, request(path+"/0"))
		answer(in)
		io.WriteString(conn, request(path+"/1"))
		answer(in)
		return 2
	}
	io.WriteString(conn, request(path+"/0")+request(path+"/1"))
	answer(in)
	answer(in)
	return 2
}

func answer(in *bufio.Reader) {
	response, err := http.ReadResponse(in, nil)
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
}

// dial takes a port that was in use a moment ago: its former end may still be closing.
func dial(port int, address string) net.Conn {
	dialer := net.Dialer{
		LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port},
		Control: func(_, _ string, socket syscall.RawConn) error {
			return socket.Control(func(fd uintptr) {
				check(syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1))
			})
		},
	}
	deadline := time.Now().Add(time.Minute)
	for {
		conn, err := dialer.Dial("tcp", address)
		if err == nil {
			check(conn.(*net.TCPConn).SetLinger(0))
			return conn
		}
		if time.Now().After(deadline) {
			log.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
}

func load(address string, connections int) {
	stop, end := context.WithCancel(context.Background())
	var requests, failures atomic.Int64
	var wait sync.WaitGroup
	for i := 0; i < connections; i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			client := &http.Client{Transport: &http.Transport{}, Timeout: time.Minute}
			for n := 0; stop.Err() == nil; n++ {
				url := "http://" + address + "/load"
				if n%100 == 99 {
					url += "?close"
				}
				requests.Add(1)
				if err := get(client, url); err != nil {
					failures.Add(1)
					log.Print(err)
				}
			}
		}()
	}
	fmt.Println("ready")
	bufio.NewReader(os.Stdin).ReadString('\n')
	end()
	wait.Wait()
	fmt.Println("requests", requests.Load(), "failures", failures.Load())
}

func get(client *http.Client, url string) error {
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != 200 || strings.TrimSpace(string(body)) != "ok") {
		err = fmt.Errorf("%d %q", response.StatusCode, body)
	}
	return err
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
