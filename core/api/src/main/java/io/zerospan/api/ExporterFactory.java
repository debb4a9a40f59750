package io.zerospan.api;

/** Makes exporters: components that deliver spans to a backend. */
public non-sealed interface ExporterFactory extends ComponentFactory {

    /**
     * Reads {@code config} and makes the exporter; starts nothing. The keys {@code sending_queue}, {@code retry_on_failure}
     * and {@code timeout} are read by the host, which puts a bounded queue, retries and a time limit around the exporter.
     */
    Exporter create(Config config, ComponentContext context);
}
