package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.fence.Visit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with plugins that block, throw, eat the memory and answer nonsense, at their start and while it runs. */
@KernelTest
class HostilePluginsKernelTest {
    private static final Path EXAMPLE = Distribution.example("receiver-java");

    /** Two of them are waited for one after the other. */
    private static final Duration START = Visit.START.multipliedBy(6);

    @TempDir
    private Path folder;

    @Test
    void hostWithHostilePlugins_namesThemAndTracesOnAndEndsInOrder() throws Exception {
        Distribution zerospan = Distribution.make(
                Files.createDirectory(folder.resolve("zerospan")), "receiver-http-server", "exporter-file");
        install(new HostilePlugins(zerospan.plugins()), zerospan);
        SpanFile spans = new SpanFile(folder.resolve("spans.json"));
        Path log = folder.resolve("host.log");
        int exit;
        GoBuild till = new GoBuild(EXAMPLE.resolve("till"), GoBuild.NEWEST, List.of());
        try (GoProgram program = GoProgram.start(till.buildAs(folder.resolve("till")))) {
            String authority = program.await("listening").replace("on ", "");
            Process host = zerospan.start(log, "run", "--config", config(spans, program.pid()));
            try {
                Tracing.eventually()
                        .atMost(START)
                        .until(() -> Files.readString(log).contains("running:") || !host.isAlive());
                for (String path : List.of("/charge/tea", "/charge/tea", "/give", "/charge/tea")) {
                    get(authority + path);
                }
                Tracing.eventually().until(() -> Files.readString(log).contains("receiver till is left out"));
                get(authority + "/charge/milk");
                Tracing.eventually()
                        .untilAsserted(() -> assertThat(spans.trees()).hasSize(5));
            } finally {
                host.destroy();
                exit = host.waitFor();
            }
        }
        String said = Files.readString(log);
        assertThat(said)
                .contains("plugins/never.jar cannot be loaded: it did not come back within 10000 ms and is left behind")
                .contains(
                        "start exporter blocks: it did not come back within 10000 ms and is left behind; its spans are")
                .contains("start exporter eats: it wants more memory than the host has; its spans are lost, all others")
                .contains("start exporter faulty: java.lang.StackOverflowError; its spans are lost, all others go on")
                .contains("tell extension odd of the start: java.lang.LinkageError: no such class; all others go on")
                .contains("processor fails of traces/fails lost ")
                .contains("receiver till lost a span, its plugin failed: java.lang.IllegalStateException: nonsense")
                .contains("at the stop: processor stuck of traces/stuck does not come back")
                .contains("exporter sends: 5 of 5 spans were not delivered");
        assertThat(exit).as(said).isZero();
    }

    private void install(HostilePlugins hostile, Distribution zerospan) throws Exception {
        hostile.neverMade("never");
        hostile.exporterThatStartsForever("blocks");
        hostile.exporterThatStartsBy("faulty", "throw new StackOverflowError();");
        hostile.exporterThatStartsBy(
                "eats",
                "java.util.List<byte[]> all = new java.util.ArrayList<>(); while (true) all.add(new byte[1 << 16]);");
        hostile.exporterThatSendsForever("sends");
        hostile.processorThatWorksForever("stuck");
        hostile.processorThatThrows("fails");
        hostile.extensionThatThrows("odd");
        hostile.receiverWithout("nothing", "null");
        hostile.receiverWithout(
                "garbage", "java.util.List.of(new ProbeObject(\"garbage\", new byte[100], SpanShaper.AS_DECLARED))");
        hostile.shaper("till", object(zerospan));
    }

    private Path object(Distribution zerospan) throws Exception {
        Path author = folder.resolve("author");
        Distribution.copy(EXAMPLE.resolve("src/main/bpf"), author);
        Distribution.build(author, folder.resolve("make.log"), "make", "OUT=" + author, "ZEROSPAN=" + zerospan.home());
        return author.resolve("till.bpf.o");
    }

    private Path config(SpanFile spans, int pid) throws Exception {
        return Files.writeString(folder.resolve("config.yaml"), """
                receivers: {http_server: {}, till: {}, nothing: {}, garbage: {}}
                processors: {stuck: {}, fails: {}}
                exporters: {file: {path: %s}, blocks: {}, faulty: {}, eats: {}, sends: {}}
                extensions: {odd: {}}
                targets: [{pid: %d}]
                service:
                  extensions: [odd]
                  pipelines:
                    traces/stuck: {receivers: [http_server], processors: [stuck], exporters: [file]}
                    traces/fails: {receivers: [http_server], processors: [fails], exporters: [file]}
                    traces:
                      receivers: [http_server, till, nothing, garbage]
                      exporters: [blocks, faulty, eats, sends, file]
                """.formatted(spans.file(), pid));
    }

    private static void get(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + url)).build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }
}
