package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"time"
)

// callers is the client's side. Each scenario answers with one line that says what it saw.
type callers struct {
	ways listeners
	base string
}

func (c *callers) run(words []string) string {
	argument := strings.Join(words[1:], " ")
	switch words[0] {
	case "get":
		return c.exchange(http.MethodGet, c.base+argument, nil)
	case "post": // a body of unknown length goes out in chunks
		return c.exchange(http.MethodPost, c.base+argument, io.MultiReader(strings.NewReader("some"), strings.NewReader("thing")))
	case "method":
		return c.method(argument)
	case "close":
		request := c.request(argument)
		request.Close = true
		return outcome(client(nil), request)
	case "keep":
		return c.keep(argument)
	case "retry":
		return c.retry()
	case "timeout":
		impatient := client(nil)
		impatient.Timeout = time.Second // a busy machine, too, has the request there by then
		return outcome(impatient, c.request(argument))
	case "cancel":
		ctx, cancel := context.WithCancel(context.Background())
		slow := make(chan struct{})
		slowArrived.Store(&slow)
		go func() { <-slow; cancel() }()
		return outcome(client(nil), c.request(argument).WithContext(ctx))
	case "refused":
		l := listen("tcp", "127.0.0.1:0")
		l.Close()
		return l.Addr().String() + " " + c.exchange(http.MethodGet, "http://"+l.Addr().String()+"/", nil)
	case "redirect":
		return c.exchange(http.MethodGet, c.base+"/redirect", nil)
	case "tls":
		return c.exchange(http.MethodGet, "https://"+c.ways.secure.String()+argument, nil)
	case "http2":
		return outcome(client(&http.Transport{TLSClientConfig: anyCertificate(), ForceAttemptHTTP2: true}),
			c.request2(argument))
	case "headers":
		return c.withHeaders(argument)
	case "wrapped":
		return c.exchange(http.MethodGet, "http://"+c.ways.wrapped.String()+argument, nil)
	case "unix":
		return c.unix(argument)
	case "pipeline":
		return c.pipeline()
	case "proxied":
		return c.proxied(argument)
	case "upgrade":
		return c.upgrade()
	case "hostile":
		return c.hostile(argument)
	case "raw":
		return c.raw(argument)
	case "broken":
		return c.broken()
	case "deeper":
		return c.deeper()
	case "goexit":
		return c.goexit()
	case "together":
		return c.together()
	}
	return "unknown scenario " + words[0]
}

func anyCertificate() *tls.Config { return &tls.Config{InsecureSkipVerify: true} }

// client has connections of its own, so that no scenario inherits another's.
func client(transport *http.Transport) *http.Client {
	if transport == nil {
		transport = &http.Transport{TLSClientConfig: anyCertificate()}
	}
	return &http.Client{Transport: &recorder{Transport: transport}}
}

// recorder notes the type of an attempt's error as fmt sees it.
type recorder struct {
	*http.Transport
	failed string
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := r.Transport.RoundTrip(request)
	if err != nil {
		r.failed = fmt.Sprintf("%T", err)
	}
	return response, err
}

// outcome is the status and the body, or the type of the error that the attempt ended with.
func outcome(client *http.Client, request *http.Request) string {
	defer client.CloseIdleConnections()
	response, err := client.Do(request)
	if err != nil {
		return client.Transport.(*recorder).failed
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	return fmt.Sprintf("%d %q", response.StatusCode, body)
}

func (c *callers) request(path string) *http.Request {
	request, err := http.NewRequest(http.MethodGet, c.base+path, nil)
	check(err)
	return request
}

func (c *callers) request2(path string) *http.Request {
	request, err := http.NewRequest(http.MethodGet, "https://"+c.ways.secure2.String()+path, nil)
	check(err)
	return request
}

func (c *callers) exchange(method, url string, body io.Reader) string {
	request, err := http.NewRequest(method, url, body)
	check(err)
	return outcome(client(nil), request)
}

func (c *callers) method(path string) string {
	request := c.request(path)
	request.Method = ""
	return outcome(client(nil), request)
}

func fetch(ctx context.Context, url string) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	check(err)
	c := client(nil)
	defer c.CloseIdleConnections()
	response, err := c.Do(request)
	check(err)
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
}

func (c *callers) keep(path string) string {
	c1 := client(nil)
	defer c1.CloseIdleConnections()
	for i := 0; i < 3; i++ {
		response, err := c1.Get(c.base + path)
		check(err)
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	return "3"
}

// retry's second request goes out on a connection that the server closes; net/http itself tries again.
func (c *callers) retry() string {
	again := client(nil)
	response, err := again.Get(c.base + "/hello")
	check(err)
	io.Copy(io.Discard, response.Body)
	response.Body.Close()
	return outcome(again, c.request("/flaky"))
}

func (c *callers) unix(path string) string {
	dial := func(context.Context, string, string) (net.Conn, error) { return net.Dial("unix", c.ways.unix) }
	request, err := http.NewRequest(http.MethodGet, "http://unix"+path, nil)
	check(err)
	return outcome(client(&http.Transport{DialContext: dial}), request)
}

func (c *callers) upgrade() string {
	conn, err := net.Dial("tcp", c.ways.plain.String())
	check(err)
	defer conn.Close()
	fmt.Fprintf(conn, "GET /hijack HTTP/1.1\r\nHost: upgrade\r\nConnection: Upgrade\r\nUpgrade: line\r\n\r\n")
	in := bufio.NewReader(conn)
	_, err = http.ReadResponse(in, nil)
	check(err)
	fmt.Fprintln(conn, "over")
	line, err := in.ReadString('\n')
	check(err)
	return line[:len(line)-1]
}

// pipeline sends all of its requests before it reads an answer.
func (c *callers) pipeline() string {
	conn, err := net.Dial("tcp", c.ways.plain.String())
	check(err)
	defer conn.Close()
	for i := 1; i <= 3; i++ {
		fmt.Fprintf(conn, "GET /items/%d HTTP/1.1\r\nHost: pipeline\r\n\r\n", i)
	}
	in, said := bufio.NewReader(conn), ""
	for i := 1; i <= 3; i++ {
		response, err := http.ReadResponse(in, nil)
		check(err)
		body, err := io.ReadAll(response.Body)
		check(err)
		said += string(body)
	}
	return said
}

// proxied asks us for a host that does not exist, as a client asks its proxy.
func (c *callers) proxied(path string) string {
	proxy := &http.Transport{Proxy: http.ProxyURL(&url.URL{Scheme: "http", Host: c.ways.plain.String()})}
	request, err := http.NewRequest(http.MethodGet, "http://shop.invalid"+path, nil)
	check(err)
	return outcome(client(proxy), request)
}

// secrets are parameters that give access to whoever has them.
var secrets = []string{
	"sig", "Signature", "AWSAccessKeyId", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token", "X-Goog-Signature",
}

// hostile sends what a URL may hold at most.
func (c *callers) hostile(what string) string {
	request := c.request("/hello")
	switch what {
	case "long":
		request.URL.Path = "/" + strings.Repeat("a", 8192)
	case "cut":
		request.URL.Path = "/" + strings.Repeat("é", 600)
	case "bytes":
		request.URL.Path = "/\xff\x00\x1b[31m"
	case "secrets":
		request.URL.User = url.UserPassword("me", "secret")
		request.URL.RawQuery = "a=1"
		for _, name := range secrets {
			request.URL.RawQuery += "&" + name + "=secret"
		}
	case "route":
		request.URL.Path = odd + "1"
	}
	return outcome(client(nil), request)
}

// raw sends a request line that no client of net/http would send.
func (c *callers) raw(what string) string {
	target := map[string]string{
		"cut":     "/" + strings.Repeat("é", 600),
		"bytes":   "/\xff\xfe?\xff",
		"host":    "/hello",
		"headers": "/hello",
		"method":  "/hello",
		"none":    "/hello",
	}[what]
	method, host := "GET", "raw"
	switch what {
	case "method":
		method = "BREW"
	case "none":
		method = ""
	}
	if what == "host" {
		host = "a;b'c:99999"
	}
	conn, err := net.Dial("tcp", c.ways.plain.String())
	check(err)
	defer conn.Close()
	fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: %s\r\nX-Bytes: \xff\r\nConnection: close\r\n", method, target, host)
	for i := 0; what == "headers" && i < 100; i++ {
		fmt.Fprintf(conn, "X-Header-%d: %d\r\n", i, i)
	}
	fmt.Fprint(conn, "\r\n")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	check(err)
	io.Copy(io.Discard, response.Body)
	return response.Status
}

// broken panics within an attempt, several times, and then calls as if nothing had happened: a worker that recovers.
func (c *callers) broken() string {
	panics := func(*http.Request) (*url.URL, error) { panic("no proxy") }
	said := ""
	for i := 0; i < 7; i++ {
		transport := &http.Transport{}
		if i < 6 {
			transport.Proxy = panics
		}
		func() {
			defer func() { recover() }()
			said = outcome(client(transport), c.request("/items/1"))
		}()
	}
	return said
}

// together sends many requests that are served at the same time, from goroutines whose numbers begin at a round one.
func (c *callers) together() string {
	number := make(chan int)
	for reached := 0; reached < firstOfCrowd; {
		go func() { number <- goroutine() }()
		reached = <-number
	}
	for i := 0; i < crowd; i++ {
		go func() {
			own := goroutine()
			c.exchange(http.MethodGet, fmt.Sprintf("%s/together?n=%d", c.base, i), nil)
			number <- own
		}()
	}
	numbers := make([]string, crowd)
	for i := range numbers {
		numbers[i] = strconv.Itoa(<-number)
	}
	sort.Strings(numbers)
	return strings.Join(numbers, " ")
}

// goroutine is the number of the one that asks.
func goroutine() int {
	stack := make([]byte, 64)
	number, err := strconv.Atoi(strings.Fields(string(stack[:runtime.Stack(stack, false)]))[1])
	check(err)
	return number
}
