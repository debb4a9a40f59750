package main

import (
	"io"
	"net/http"
)

// answerWithHeaders sends headers back that a tracer may be told to note.
func answerWithHeaders(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Answer", "yes")
	w.Header().Add("Set-Cookie", "session=secret")
	io.WriteString(w, "hello\n")
}

// withHeaders calls that handler over HTTP/1 or HTTP/2, with a trace of somebody else's.
func (c *callers) withHeaders(way string) string {
	transport, request := (*http.Transport)(nil), c.request("/headers")
	if way == "http2" {
		transport = &http.Transport{TLSClientConfig: anyCertificate(), ForceAttemptHTTP2: true}
		request = c.request2("/headers")
	}
	header := request.Header
	header["X-Tenant"] = []string{"acme", "emca"}
	header.Set("Authorization", "Bearer secret")
	header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	header["Tracestate"] = []string{"rojo=00f067aa0ba902b7", "congo=t61rcWkgMzE"}
	header.Set("Baggage", "userId=alice%20b,isProduction=false;note")
	return outcome(client(transport), request)
}
