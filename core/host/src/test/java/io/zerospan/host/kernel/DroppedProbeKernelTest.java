package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.ProbeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Object files without Java: the example, built against the installed headers alone, and what may lie beside it. */
@KernelTest
class DroppedProbeKernelTest {
    private static final GoBuild SHOP =
            new GoBuild(Distribution.example("probe").resolve("shop"), GoBuild.NEWEST, List.of());

    @TempDir
    private Path folder;

    private Distribution zerospan;
    private SpanFile spans;

    @BeforeEach
    void install() throws Exception {
        zerospan = Distribution.make(
                Files.createDirectory(folder.resolve("zerospan")),
                "receiver-http-server",
                "exporter-file",
                "exporter-debug");
        spans = new SpanFile(folder.resolve("spans.json"));
        Path author = folder.resolve("author"); // nothing of ours but the installed distribution is near
        Files.createDirectory(author);
        for (String file : List.of("redis.bpf.c", "Makefile")) {
            Files.copy(Distribution.example("probe").resolve(file), author.resolve(file));
        }
        Distribution.build(author, folder.resolve("make.log"), "make", "install", "ZEROSPAN=" + zerospan.home());
    }

    private Path config(int pid, List<String> receivers) throws IOException {
        StringBuilder yaml = new StringBuilder("receivers:\n");
        receivers.forEach(receiver -> yaml.append("  ").append(receiver).append(": {}\n"));
        yaml.append("exporters: {file: {path: ").append(spans.file()).append("}}\n");
        yaml.append("targets: [{pid: ").append(pid).append("}]\n");
        yaml.append("service: {pipelines: {traces: {receivers: ")
                .append(receivers)
                .append(", exporters: [file]}}}\n");
        return Files.writeString(folder.resolve("config.yaml"), yaml);
    }

    private static int get(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + url)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static void stop(Process host) throws InterruptedException {
        host.destroy();
        host.waitFor();
    }

    /** Runs a host with these receivers on the shop, and what is to be done then; returns what it logged. */
    private String trace(GoBuild build, List<String> receivers, Requests requests) throws Exception {
        Path log = folder.resolve("host.log");
        Path binary = build.buildAs(folder.resolve("shop"));
        try (RedisServer redis = RedisServer.start(folder);
                GoProgram shop =
                        GoProgram.start(binary, "-redis", redis.socket().toString())) {
            String authority = shop.await("listening").replace("on ", "");
            Process host = zerospan.start(log, "run", "--config", config(shop.pid(), receivers));
            try {
                Tracing.eventually().until(() -> Files.readString(log).contains("probes armed") || !host.isAlive());
                requests.send(authority, redis);
            } finally {
                stop(host);
            }
        }
        return Files.readString(log);
    }

    private interface Requests {
        void send(String authority, RedisServer redis) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(strings = {GoBuild.NEWEST, GoBuild.OLDEST + " -ldflags=-s -w"})
    void commandsOfGoRedis_areChildrenOfTheirRequests(String build) throws Exception {
        String log = trace(SHOP.with(build), List.of("http_server", "redis"), (shop, redis) -> {
            assertThat(get(shop + "/sold/tea")).isEqualTo(404); // redis.Nil
            assertThat(get(shop + "/buy/tea")).isEqualTo(200);
            redis.close();
            assertThat(get(shop + "/sold/tea")).isEqualTo(502);
        });
        assertThat(spans.trees())
                .as(log)
                .containsExactly(
                        "GET /sold/{what}(get)", "GET /buy/{what}(incr)", "GET /sold/{what} failed(get failed)");
        assertThat(spans.spans())
                .filteredOn(span -> span.scope().equals("zerospan/redis"))
                .extracting(SpanFile.Span::attributes)
                .containsExactly(
                        Map.of("db.system.name", "redis", "db.operation.name", "get"),
                        Map.of("db.system.name", "redis", "db.operation.name", "incr"),
                        Map.of("db.system.name", "redis", "db.operation.name", "get", "error.type", "*net.OpError"));
        assertThat(log).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("lost:");
    }

    @Test
    void refusedProbes_areNamed_andTheOthersRunOn() throws Exception {
        for (String bad : List.of("wrong_abi", "other_map", "unsafe", "missing_hook", "attempt")) {
            ProbeSource.compile(bad, zerospan.plugins().resolve(bad + ".bpf.o"));
        }
        ProbeSource.compile("attempt", zerospan.plugins().resolve("again.bpf.o"));
        Files.writeString(zerospan.plugins().resolve("garbage.bpf.o"), "no object");
        List<String> receivers = List.of(
                "http_server",
                "wrong_abi",
                "other_map",
                "unsafe",
                "missing_hook",
                "garbage",
                "redis",
                "attempt",
                "again");

        String log = trace(SHOP, receivers, (shop, redis) -> {
            assertThat(get(shop + "/buy/tea")).isEqualTo(200);
            assertThat(get(shop + "/buy/tea")).isEqualTo(200);
        });

        assertThat(log.lines().filter(line -> line.contains("WARN")))
                .as(log)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .contains("garbage.bpf.o is refused: garbage: open the object (9 bytes)"),
                        line -> assertThat(line)
                                .contains("wrong_abi.bpf.o is refused: wrong_abi: has ABI version 99, "),
                        line -> assertThat(line)
                                .contains("other_map.bpf.o is refused: other_map: map zs_contexts has "),
                        line -> assertThat(line)
                                .contains("again does not fit ", "(*baseClient)._process is probed by attempt already"),
                        line -> assertThat(line)
                                .contains("missing_hook does not fit ", "(*Client).Proces is not in the binary"),
                        line -> assertThat(line)
                                .contains("load unsafe for ", "refused by the verifier: ", "'map_value_or_null'")
                                .contains("return entry->depth", "(service.telemetry.logs.level: debug prints it)"));
        // the first attempt opens the connection, by attempts of its own
        assertThat(spans.trees()).as(log).hasSize(2).endsWith("GET /buy/{what}(incr(attempt))");
        assertThat(spans.spans())
                .filteredOn(span -> span.name().equals("attempt"))
                .extracting(SpanFile.Span::scope)
                .containsOnly("zerospan/attempt");
        assertThat(log).doesNotContain("lost:");
    }

    @Test
    void refusedProbe_isAnErrorOfValidate() throws Exception {
        ProbeSource.compile("wrong_abi", zerospan.plugins().resolve("wrong_abi.bpf.o"));
        assertThat(zerospan.run("validate", "--config", config(1, List.of("redis")))
                        .code())
                .isZero();
        assertThat(zerospan.run("validate", "--config", config(1, List.of("redis", "wrong_abi"))))
                .satisfies(outcome -> assertThat(outcome.said())
                        .contains("config.yaml:3:3: receivers::wrong_abi: probe ", "has ABI version 99"))
                .extracting(Distribution.Outcome::code)
                .isEqualTo(2);
    }

    @Test
    void yamlOfTheTutorial_isValid() throws Exception {
        String tutorial = Files.readString(Path.of("..", "..", "docs", "write-a-probe.md"));
        int begin = tutorial.indexOf("```yaml\n") + "```yaml\n".length();
        Path yaml = folder.resolve("tutorial.yaml");
        Files.writeString(yaml, tutorial.substring(begin, tutorial.indexOf("```", begin)));
        assertThat(zerospan.run("validate", "--config", yaml)).isEqualTo(new Distribution.Outcome(0, ""));
    }

    @Test
    void components_showWhatWasDroppedIn() throws Exception {
        assertThat(zerospan.run("components").said())
                .containsPattern("  - type: redis\n    stability: development\n    dropped in: \"redis.bpf.o\"\n"
                        + "    version: \"sha256:[0-9a-f]{64}\"\n    desc")
                .contains("ription: \"a span for each command of github.com/redis/go-redis/v9\"\n"
                        + "    hooks:\n      - \"github.com/redis/go-redis/v9.(*Client).Process\"\n");
    }
}
