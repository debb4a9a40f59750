// Instrumented serves HTTP and calls itself, all of it wrapped for OpenTelemetry as its users do, and counts the spans
// that its SDK makes. The argument says what becomes of the SDK:
//
//	used      every span is sampled
//	sampling  the SDK runs, and samples none
//	noop      a provider that does nothing, as with OTEL_SDK_DISABLED in programs that know it
//	linked    nobody sets a provider
//
// For each path on stdin it calls itself once, and each whole URL that is there. "use" sets a provider later.
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
	"sync/atomic"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// counter is an exporter that keeps nothing.
type counter struct{ spans atomic.Int64 }

func (c *counter) ExportSpans(_ context.Context, spans []sdk.ReadOnlySpan) error {
	c.spans.Add(int64(len(spans)))
	return nil
}

func (c *counter) Shutdown(context.Context) error { return nil }

func main() {
	log.SetFlags(0)
	log.SetPrefix("instrumented: ")
	exported := &counter{}
	sampled := sdk.NewTracerProvider(sdk.WithSyncer(exported))
	switch os.Args[1] {
	case "used":
		otel.SetTracerProvider(sampled)
	case "sampling":
		otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSyncer(exported), sdk.WithSampler(sdk.NeverSample())))
	case "noop":
		otel.SetTracerProvider(noop.NewTracerProvider())
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, r.URL.Path) })
	go http.Serve(listener, otelhttp.NewHandler(handler, "serve"))
	client := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
	fmt.Println("ready", listener.Addr())
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		switch what := lines.Text(); {
		case what == "use":
			otel.SetTracerProvider(sampled)
		case what[0] == '/':
			call(client, "http://"+listener.Addr().String()+what)
		default:
			call(client, what)
		}
		fmt.Println("done", exported.spans.Load())
	}
}

func call(client *http.Client, url string) {
	response, err := client.Get(url)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		log.Fatal(err)
	}
}
