package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.plugin.TestPlugin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins come, change and go while the host runs and requests are made. */
@KernelTest
class LivePluginsKernelTest {
    private static final GoBuild SHOP =
            new GoBuild(Distribution.example("probe").resolve("shop"), GoBuild.NEWEST, List.of());
    private static final int ROUNDS = Integer.getInteger("zerospan.exchange.rounds", 5);
    /** From the rename to the effect, on a machine that has nothing else to do. */
    private static final Duration EFFECT = Duration.ofSeconds(2);
    /** The same beside other tests. */
    private static final Duration PATIENCE = EFFECT.multipliedBy(10);

    @TempDir
    private Path folder;

    private Distribution zerospan;
    private SpanFile spans;
    private Path log;
    private Path probe;
    private RedisServer redis;
    private GoProgram shop;
    private String authority;
    private Process host;
    private int requests;

    @BeforeEach
    void start() throws Exception {
        zerospan = Distribution.make(
                Files.createDirectory(folder.resolve("zerospan")), "receiver-http-server", "exporter-file");
        spans = new SpanFile(folder.resolve("spans.json"));
        log = folder.resolve("host.log");
        Path author = Files.createDirectory(folder.resolve("author"));
        for (String file : List.of("redis.bpf.c", "Makefile")) {
            Files.copy(Distribution.example("probe").resolve(file), author.resolve(file));
        }
        Distribution.build(author, folder.resolve("make.log"), "make", "ZEROSPAN=" + zerospan.home());
        probe = author.resolve("target/redis.bpf.o");
        redis = RedisServer.start(folder);
        shop = GoProgram.start(
                SHOP.buildAs(folder.resolve("shop")), "-redis", redis.socket().toString());
        authority = shop.await("listening").replace("on ", "");
        Path config = Files.writeString(folder.resolve("config.yaml"), """
                receivers: {http_server: {}, redis: {}, coded: {object: %s}}
                exporters: {file: {path: %s}}
                targets: [{pid: %d}]
                service: {pipelines: {traces: {receivers: [http_server, redis, coded], exporters: [file]}}}
                """.formatted(probe, spans.file(), shop.pid()));
        host = zerospan.start(log, "run", "--config", config);
        awaitLog("running: pipelines", 1);
    }

    @AfterEach
    void stop() throws Exception {
        host.destroy();
        host.waitFor();
        shop.close();
        redis.close();
    }

    private void drop(Path file, String name) throws IOException {
        Path hidden = zerospan.plugins().resolve("." + name + ".new");
        Files.copy(file, hidden);
        Files.move(hidden, zerospan.plugins().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitLog(String text, int times) {
        Awaitility.await("\"" + text + "\", " + times + " times")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> logged(text) >= times);
    }

    private long logged(String text) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(text))
                .count();
    }

    private void buy() throws Exception {
        requests++;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + "/buy/tea"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private List<String> trees() throws Exception {
        host.destroy();
        host.waitFor();
        return spans.trees();
    }

    @Test
    void probe_worksFromItsDropToItsRemoval_andABadOneChangesNothing() throws Exception {
        assertThat(Files.readString(log)).contains("receiver redis waits: no plugin offers the type 'redis' yet");
        buy();
        drop(probe, "redis.bpf.o");
        awaitLog("redis.bpf.o: dropped in", 1);
        buy();
        drop(Files.writeString(folder.resolve("garbage"), "no object"), "redis.bpf.o");
        awaitLog("redis.bpf.o stays in use as it was before", 1);
        buy();
        Files.delete(zerospan.plugins().resolve("redis.bpf.o"));
        awaitLog("redis.bpf.o: removed", 1);
        buy();

        assertThat(trees())
                .as(Files.readString(log))
                .containsExactly(
                        "GET /buy/{what}", "GET /buy/{what}(incr)", "GET /buy/{what}(incr)", "GET /buy/{what}");
    }

    @Test
    void probeThatTheVerifierRefuses_doesNotPushOutTheOneBefore() throws Exception {
        drop(probe, "redis.bpf.o");
        awaitLog("redis.bpf.o: dropped in", 1);
        drop(io.zerospan.host.ProbeSource.compile("unsafe", folder.resolve("unsafe.o")), "redis.bpf.o");
        awaitLog("receiver redis stays as it was: ", 1);
        buy();

        assertThat(trees()).as(Files.readString(log)).containsExactly("GET /buy/{what}(incr)");
        assertThat(Files.readString(log)).contains("was refused by the verifier: R0 invalid mem access");
    }

    @Test
    void probeThatGaveWayToAnother_worksWhenThatIsRemoved() throws Exception {
        drop(receiver(), "coded.jar");
        awaitLog("coded.jar: dropped in", 1);
        drop(probe, "redis.bpf.o");
        awaitLog("redis.bpf.o: dropped in", 1);
        assertThat(Files.readString(log)).contains("(*Client).Process is probed by coded already");
        buy();
        Files.delete(zerospan.plugins().resolve("coded.jar"));
        awaitLog("coded.jar: removed", 1);
        buy();

        assertThat(trees())
                .as(Files.readString(log))
                .containsExactly("GET /buy/{what}(coded)", "GET /buy/{what}(incr)");
    }

    @Test
    void replacedPlugins_leaveNothingBehind_andOthersLoseNothing() throws Exception {
        Path jar = receiver();
        drop(jar, "coded.jar");
        drop(probe, "other.bpf.o"); // which the YAML does not name
        awaitLog("coded.jar: dropped in", 1);
        drop(jar, "coded.jar");
        awaitLog("coded.jar: replaced", 1);
        String pid = Long.toString(host.pid());
        Map<String, Integer> before = KernelFiles.of(pid);
        long loaders = loaders(pid);
        long slowest = 0;
        for (int i = 2; i <= ROUNDS; i++) {
            buy();
            long begin = System.nanoTime();
            drop(jar, "coded.jar");
            awaitLog("coded.jar: replaced", i);
            slowest = Math.max(slowest, System.nanoTime() - begin);
        }
        System.out.println(ROUNDS + " rounds, the slowest took " + slowest / 1_000_000 + " ms");
        assertThat(KernelFiles.of(pid)).isEqualTo(before).containsKey("anon_inode:bpf-prog");
        assertThat(loaders(pid)).isEqualTo(loaders).isPositive();
        assertThat(trees()).as(Files.readString(log)).hasSize(requests).allMatch(tree -> tree.startsWith("GET /buy"));
    }

    /** A receiver in Java, with classes in the ring thread's way. */
    private Path receiver() throws IOException {
        TestPlugin.named("coded").source("com.example.coded.Factory", """
                        package com.example.coded;
                        import io.zerospan.api.*;
                        import java.nio.file.*;
                        import java.util.List;
                        @org.pf4j.Extension
                        public class Factory implements ReceiverFactory {
                            public String type() { return "coded"; }
                            public Stability stability() { return Stability.ALPHA; }
                            public String description() { return "A test"; }
                            public Receiver create(Config config, ComponentContext context) {
                                Path object = Path.of(config.required("object"));
                                context.telemetry().gauge("test_gauge", () -> object.getNameCount());
                                return () -> {
                                    try {
                                        return List.of(new ProbeObject(
                                            "coded", Files.readAllBytes(object), draft -> draft.name("coded")));
                                    } catch (java.io.IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                };
                            }
                        }
                        """).installAsJar(folder.resolve("built"));
        return folder.resolve("built/coded.jar");
    }

    /** How many class loaders of plugins live, after a collection. */
    private static long loaders(String pid) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid, "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        return said.lines()
                .filter(line -> line.endsWith("PluginClassLoader") || line.contains("PluginClassLoader "))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
                .sum();
    }
}
