package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Collector, built from {@code src/test/go/collector}: takes OTLP and Jaeger's protocol, each into its file. */
final class OpenTelemetryCollector implements AutoCloseable {
    private final Daemon collector;
    private final Path folder;
    private final int firstPort;

    private OpenTelemetryCollector(Daemon collector, Path folder, int firstPort) {
        this.collector = collector;
        this.folder = folder;
        this.firstPort = firstPort;
    }

    static OpenTelemetryCollector start(Path folder) throws IOException, InterruptedException {
        GoBuild build = GoBuild.of("collector");
        int port = FreePorts.inARow(2);
        Daemon collector = Daemon.start(
                List.of(
                        build.build().toString(),
                        "--config",
                        build.folder().resolve("collector.yaml").toString()),
                Map.of("OTLP_PORT", port + "", "JAEGER_PORT", (port + 1) + "", "FOLDER", folder.toString()));
        collector.await("Everything is ready");
        return new OpenTelemetryCollector(collector, folder, port);
    }

    String otlpEndpoint() {
        return "127.0.0.1:" + firstPort;
    }

    String jaegerEndpoint() {
        return "http://127.0.0.1:" + (firstPort + 1) + "/api/traces";
    }

    /** Spans of all services whose names end so. */
    List<BackendSpan> byOtlp(String suffix) throws IOException {
        return spans("otlp.jsonl", suffix);
    }

    List<BackendSpan> byJaeger(String suffix) throws IOException {
        return spans("jaeger.jsonl", suffix);
    }

    private List<BackendSpan> spans(String file, String suffix) throws IOException {
        return OtlpJson.read(folder.resolve(file)).stream()
                .filter(span -> span.service().endsWith(suffix))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        collector.close();
    }
}
