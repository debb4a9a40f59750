package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of plugins, built as their authors would: by the published api and the installed headers alone. */
@KernelTest
class JavaReceiverKernelTest {
    private static final Path EXAMPLE = Distribution.example("receiver-java");
    private static final String JAR = "receiver-till-1.0.0.jar";

    @TempDir
    private Path folder;

    private Path build(Distribution zerospan) throws IOException, InterruptedException {
        Path author = folder.resolve("author");
        Distribution.copy(EXAMPLE.resolve("src"), Files.createDirectory(author).resolve("src"));
        Files.copy(EXAMPLE.resolve("pom.xml"), author.resolve("pom.xml"));
        PublishedApi api = PublishedApi.publish(folder.resolve("repository"));
        Distribution.build(
                author, folder.resolve("maven.log"), api.maven("package", "-Dzerospan.home=" + zerospan.home()));
        return author.resolve("target").resolve(JAR);
    }

    private Path config(int pid, SpanFile spans, String currency) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), """
                receivers: {http_server: {}, till: {currency: %s}}
                exporters: {file: {path: %s}}
                targets: [{pid: %d}]
                service: {pipelines: {traces: {receivers: [http_server, till], exporters: [file]}}}
                """.formatted(currency, spans.file(), pid));
    }

    /** A plugin with a processor, an exporter and an extension, which has a Maven project of its own as well. */
    @Test
    void componentsOfSomebodyElses_workInAndBesideAPipeline() throws Exception {
        Distribution zerospan =
                Distribution.make(Files.createDirectory(folder.resolve("zerospan")), "receiver-http-server");
        Path author = folder.resolve("author");
        Path example = Distribution.example("components-java");
        Distribution.copy(example.resolve("src"), Files.createDirectory(author).resolve("src"));
        Files.copy(example.resolve("pom.xml"), author.resolve("pom.xml"));
        PublishedApi api = PublishedApi.publish(folder.resolve("repository"));
        Distribution.build(author, folder.resolve("maven.log"), api.maven("package"));
        Files.copy(author.resolve("target/team-1.0.0.jar"), zerospan.plugins().resolve("team-1.0.0.jar"));
        Path lines = folder.resolve("lines.txt");
        Path ready = folder.resolve("ready");
        Path log = folder.resolve("host.log");
        GoBuild till = new GoBuild(EXAMPLE.resolve("till"), GoBuild.NEWEST, List.of());
        try (GoProgram program = GoProgram.start(till.buildAs(folder.resolve("till")))) {
            String authority = program.await("listening").replace("on ", "");
            Path config = Files.writeString(folder.resolve("config.yaml"), """
                    receivers: {http_server: {}}
                    processors: {team: {name: checkout}}
                    exporters: {lines: {path: %s}}
                    extensions: {ready_file: {path: %s}}
                    targets: [{pid: %d}]
                    service:
                      extensions: [ready_file]
                      pipelines: {traces: {receivers: [http_server], processors: [team], exporters: [lines]}}
                    """.formatted(lines, ready, program.pid()));
            Process host = zerospan.start(log, "run", "--config", config);
            try {
                Tracing.eventually().until(() -> Files.exists(ready) || !host.isAlive());
                assertThat(get(authority + "/charge/tea")).isEqualTo(200);
                Tracing.eventually().untilAsserted(() -> assertThat(lines).hasContent("GET /charge/{item} checkout"));
            } finally {
                host.destroy();
                host.waitFor();
            }
            assertThat(ready).doesNotExist();
        }
    }

    private static int get(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + url)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void pluginOfSomebodyElses_givesSpansUnderTheirRequests() throws Exception {
        Distribution zerospan = Distribution.make(
                Files.createDirectory(folder.resolve("zerospan")), "receiver-http-server", "exporter-file");
        Files.copy(build(zerospan), zerospan.plugins().resolve(JAR));
        SpanFile spans = new SpanFile(folder.resolve("spans.json"));
        Path log = folder.resolve("host.log");
        GoBuild till = new GoBuild(EXAMPLE.resolve("till"), GoBuild.NEWEST, List.of());
        try (GoProgram program = GoProgram.start(till.buildAs(folder.resolve("till")))) {
            String authority = program.await("listening").replace("on ", "");
            Process host = zerospan.start(log, "run", "--config", config(program.pid(), spans, "CHF"));
            try {
                Tracing.eventually().until(() -> Files.readString(log).contains("probes armed") || !host.isAlive());
                assertThat(get(authority + "/charge/tea")).isEqualTo(200);
                assertThat(get(authority + "/give")).isEqualTo(402);
            } finally {
                host.destroy();
                host.waitFor();
            }
        }
        assertThat(spans.trees())
                .as(Files.readString(log))
                .containsExactly("GET /charge/{item}(charge tea)", "GET /give(charge gift failed)");
        assertThat(spans.spans())
                .filteredOn(span -> span.scope().equals("zerospan/till"))
                .extracting(SpanFile.Span::attributes)
                .containsExactly(
                        Map.of("till.item", "tea", "till.amount", "1.5", "till.currency", "CHF"),
                        Map.of(
                                "till.item",
                                "gift",
                                "till.amount",
                                "0.0",
                                "till.currency",
                                "CHF",
                                "error.type",
                                "*fmt.wrapError"));
        assertThat(zerospan.run("validate", "--config", config(1, spans, "francs")))
                .satisfies(outcome ->
                        assertThat(outcome.said()).contains("receivers::till::currency: 'francs' is no currency"))
                .extracting(Distribution.Outcome::code)
                .isEqualTo(2);
    }
}
