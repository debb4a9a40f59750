package io.zerospan.host.kernel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A Zipkin server of the test's own, with its spans in memory. */
final class ZipkinServer implements AutoCloseable {
    private static final Path JAR =
            Path.of("target", "backends", "zipkin-server.jar").toAbsolutePath();
    /** All of a test's traces, and as far back as a test takes. */
    private static final String ALL =
            "limit=1000&lookback=" + Duration.ofHours(1).toMillis();

    private final Daemon server;
    private final HttpClient http = HttpClient.newHttpClient();

    private ZipkinServer(Daemon server) {
        this.server = server;
    }

    /** Returns at once; what needs it waits until it serves. */
    static ZipkinServer start() throws IOException {
        if (!Files.exists(JAR)) {
            throw new IOException("no " + JAR + ": call ./mvnw -pl core/host dependency:copy@zipkin-server");
        }
        return new ZipkinServer(Daemon.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        "--armeria.ports[0].ip=127.0.0.1",
                        "--armeria.ports[0].port=0",
                        "--armeria.ports[0].protocol=http"),
                Map.of()));
    }

    String endpoint() {
        return url() + "api/v2/spans";
    }

    /** Waits until it answers: its first answer takes seconds more than an exporter waits for, on a busy machine. */
    void warmUp() throws IOException, InterruptedException {
        HttpRequest noSpans = HttpRequest.newBuilder(URI.create(endpoint()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("[]"))
                .build();
        http.send(noSpans, BodyHandlers.discarding());
    }

    private String url() {
        return server.await("Serving HTTP at ").replaceFirst(".* - ", "");
    }

    /** Spans of all services whose names end so. */
    List<BackendSpan> spans(String suffix) throws IOException, InterruptedException {
        return all().map(ZipkinJson::span)
                .filter(span -> span.service().endsWith(suffix))
                .toList();
    }

    /** What is known of the other side of all calls. */
    List<String> calls(String suffix) throws IOException, InterruptedException {
        return all().filter(span -> "CLIENT".equals(span.get("kind")))
                .map(ZipkinJson::call)
                .filter(call -> call.contains(suffix))
                .map(call -> call.replace(suffix, ""))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<Map<?, ?>> all() throws IOException, InterruptedException {
        return ((List<?>) get("traces?" + ALL))
                .stream().flatMap(trace -> ((List<?>) trace).stream()).map(span -> (Map<?, ?>) span);
    }

    /** Links of the service graph from services whose names end so. */
    List<String> links(String suffix) throws IOException, InterruptedException {
        return ((List<?>) get("dependencies?" + ALL + "&endTs=" + System.currentTimeMillis()))
                .stream()
                        .map(link -> (Map<?, ?>) link)
                        .filter(link -> link.get("parent").toString().endsWith(suffix))
                        .map(link -> "%s -> %s: %s calls, %s failed"
                                .formatted(
                                        link.get("parent"),
                                        link.get("child"),
                                        link.get("callCount"),
                                        link.containsKey("errorCount") ? link.get("errorCount") : 0)
                                .replace(suffix, ""))
                        .sorted()
                        .toList();
    }

    private Object get(String query) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + "api/v2/" + query)).build();
        return new Load(LoadSettings.builder().build()) // JSON is YAML
                .loadFromString(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}
