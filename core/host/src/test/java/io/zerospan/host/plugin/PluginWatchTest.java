package io.zerospan.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zerospan.host.ProbeSource;
import io.zerospan.host.pipeline.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PluginWatchTest {
    @TempDir
    private Path plugins;

    private final List<String> exchanged = new CopyOnWriteArrayList<>();
    private LogLines log;
    private PluginWatch watch;

    @BeforeEach
    void start() throws Exception {
        TestPlugin.named("first").exporter("first", "return spans -> {};").installAsJar(plugins);
        PluginFolder folder = PluginFolder.read(plugins, null);
        watch = new PluginWatch(folder, (kind, types, catalog) -> {
            types.forEach(type -> exchanged.add(type + (catalog.types(kind).contains(type) ? "" : " gone")));
            return true;
        });
        log = new LogLines(PluginWatch.class.getName());
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.close();
        log.close();
    }

    private void awaitLog(String line) {
        await().until(() -> log.lines().stream().anyMatch(said -> said.endsWith(line)));
    }

    @Test
    void pluginThatComesAndGoes_isExchangedEachTime() throws Exception {
        TestPlugin.named("second").exporter("second", "return spans -> {};").installAsFolder(plugins);
        awaitLog("second: dropped in");
        Files.delete(plugins.resolve("first.jar"));
        awaitLog("first.jar: removed");
        assertThat(exchanged).containsExactly("second", "first gone");
    }

    @Test
    void typeThatAnotherOffers_isRefused_andTheFirstKeepsIt() throws Exception {
        TestPlugin.named("double").exporter("first", "return spans -> {};").installAsJar(plugins);
        awaitLog("first offers the exporter type 'first' already; remove one of them");
        assertThat(exchanged).isEmpty();
    }

    @Test
    void halfOfAFile_isNotThereYet() throws Exception {
        Path built = ProbeSource.compile("missing_hook", plugins.resolve(".cart.bpf.o.new"));
        Files.write(plugins.resolve(".cart.bpf.o"), new byte[10]);
        Files.move(built, plugins.resolve("cart.bpf.o"));
        awaitLog("cart.bpf.o: dropped in");
        assertThat(exchanged).containsExactly("cart");
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
    }

    @Test
    void fileThatIsReplacedByGarbage_staysInUse() throws Exception {
        Files.writeString(plugins.resolve("first.jar"), "no jar");
        awaitLog("first.jar stays in use as it was before");
        assertThat(exchanged).isEmpty();
    }

    @Test
    void fiftyDropsAtOnce_areAllExchanged() throws Exception {
        Path built = ProbeSource.compile("missing_hook", plugins.resolve(".cart.bpf.o.new"));
        for (int i = 0; i < 50; i++) {
            Files.copy(built, plugins.resolve("cart" + i + ".bpf.o"));
        }
        await().until(() -> exchanged.size() == 50);
        assertThat(exchanged).doesNotHaveDuplicates();
    }

    @Test
    void pluginThatIsRemovedWhileItIsMade_goesAgain() throws Exception {
        Path jar = plugins.resolve("brief.jar");
        TestPlugin.named("brief")
                .exporter("brief", "return spans -> {};")
                .source("com.example.brief.Gone", """
                        package com.example.brief;
                        @org.pf4j.Extension
                        public class Gone implements org.pf4j.ExtensionPoint {
                            public Gone() throws Exception {
                                java.nio.file.Files.delete(java.nio.file.Path.of("%s"));
                            }
                        }
                        """.formatted(jar))
                .installAsJar(plugins);
        awaitLog("brief.jar: removed");
        assertThat(exchanged).containsExactly("brief", "brief gone");
    }

    @Test
    void otherVersionBesideAPlugin_isRefused_andTheFirstKeepsIt() throws Exception {
        Files.copy(plugins.resolve("first.jar"), plugins.resolve("first-2.0.jar"));
        awaitLog("first offers the exporter type 'first' already; remove one of them");
        assertThat(exchanged).isEmpty();
    }

    @Test
    void linkToTheWholeDisk_holdsUpNobody() throws Exception {
        Files.createSymbolicLink(plugins.resolve("disk"), Path.of("/"));
        TestPlugin.named("second").exporter("second", "return spans -> {};").installAsJar(plugins);
        awaitLog("second.jar: dropped in");
        assertThat(exchanged).containsExactly("second");
    }
}
