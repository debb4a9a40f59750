package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** All that the example {@code everything.yaml} sends to, and the shop's database; started side by side. */
record Backends(ZipkinServer zipkin, OpenTelemetryCollector collector, PostgresServer postgres)
        implements AutoCloseable {

    static Backends start(Path folder) throws IOException, InterruptedException {
        ZipkinServer zipkin = ZipkinServer.start();
        try {
            OpenTelemetryCollector collector = OpenTelemetryCollector.start(folder);
            try {
                return new Backends(zipkin, collector, PostgresServer.start());
            } catch (IOException | RuntimeException e) {
                collector.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            zipkin.close();
            throw e;
        }
    }

    /** What the example wants to know of this machine. */
    Map<String, String> environment(Path shop) {
        return Map.of(
                "OTLP_ENDPOINT", collector.otlpEndpoint(),
                "JAEGER_ENDPOINT", collector.jaegerEndpoint(),
                "ZIPKIN_ENDPOINT", zipkin.endpoint(),
                "SHOP", shop.toString());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (zipkin;
                collector;
                postgres) {
            // in reverse
        }
    }
}
