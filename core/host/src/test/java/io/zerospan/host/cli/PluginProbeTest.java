package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.plugin.TestPlugin;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} says of receivers whose probes the host would leave out. */
class PluginProbeTest {
    @TempDir
    private Path home;

    private String validate(String probes) throws Exception {
        TestPlugin.named("receiver-r")
                .source(
                        "com.example.R",
                        "package com.example; import io.zerospan.api.*; @org.pf4j.Extension public class R implements"
                                + " ReceiverFactory { public String type() { return \"r\"; } public Stability stability() {"
                                + " return Stability.BETA; } public String description() { return \"r\"; }"
                                + " public Receiver create(Config config, ComponentContext context) { return () -> "
                                + probes + "; } }")
                .installAsFolder(home.resolve("plugins"));
        TestPlugin.named("exporter-x").exporter("x", "return spans -> {};").installAsFolder(home.resolve("plugins"));
        Path config = Files.writeString(
                home.resolve("mine.yaml"),
                "receivers: {r: {}}\nexporters: {x: {}}\n"
                        + "service: {pipelines: {traces: {receivers: [r], exporters: [x]}}}\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, home, name -> null, StderrLog.install(stream), () -> 1);
        int code = new Cli(console, List.of(new ValidateCommand())).execute("validate", "--config", config.toString());
        return code + " " + err;
    }

    @Test
    void garbageInAPlugin_isAnErrorOfTheReceiver() throws Exception {
        assertThat(validate("java.util.List.of(new ProbeObject(\"cart\", new byte[9], SpanShaper.AS_DECLARED))"))
                .startsWith("2 " + home.resolve("mine.yaml") + ":1:")
                .contains(": receivers::r: cart: open the object (9 bytes): ");
    }

    @Test
    void pluginThatThrows_isAnErrorOfTheReceiver() throws Exception {
        assertThat(validate("{ throw new IllegalStateException(\"no luck\"); }"))
                .startsWith("2 ")
                .contains(": receivers::r: no luck");
    }
}
