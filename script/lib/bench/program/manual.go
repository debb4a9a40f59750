//go:build manual

package main

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/XSAM/otelsql"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
	_ "modernc.org/sqlite"
)

// As the SDK's own guide has it: its batch processor as it is, OTLP to OTEL_EXPORTER_OTLP_ENDPOINT.
func instrument() (func(), error) {
	exporter, err := otlptracehttp.New(context.Background())
	if err != nil {
		return nil, err
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter))
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return func() { _ = provider.Shutdown(context.Background()) }, nil
}

func handler(next http.Handler) http.Handler { return otelhttp.NewHandler(next, "server") }

func transport(next http.RoundTripper) http.RoundTripper { return otelhttp.NewTransport(next) }

func openDatabase() (*sql.DB, error) {
	return otelsql.Open("sqlite", database, otelsql.WithSpanOptions(otelsql.SpanOptions{OmitConnResetSession: true, OmitConnPrepare: true, OmitRows: true, OmitConnectorConnect: true}))
}
