package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentException;
import io.zerospan.host.plugin.TestPlugin;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParseResult;

class CliTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void install() throws Exception {
        Files.createDirectories(home.resolve("plugins"));
        TestPlugin.named("exporter-x")
                .exporter("x", "config.secret(\"pass\"); config.string(\"path\", null); return spans -> {};")
                .installAsFolder(home.resolve("plugins"));
        TestPlugin.named("receiver-r")
                .source(
                        "com.example.R",
                        "package com.example; import io.zerospan.api.*; @org.pf4j.Extension public class R implements"
                                + " ReceiverFactory { public String type() { return \"r\"; } public Stability stability() {"
                                + " return Stability.BETA; } public String description() { return \"Says \\\"r\\\"\"; }"
                                + " public Receiver create(Config config, ComponentContext context) { return () ->"
                                + " java.util.List.of(); } }")
                .installAsFolder(home.resolve("plugins"));
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/default.yaml"),
                "receivers: {r: {}}\nexporters: {x: {pass: hush, path: '${env:P}'}}\n"
                        + "service: {pipelines: {traces: {receivers: [r], exporters: [x]}}}\n");
    }

    @Test
    void validConfiguration_saysNothing() {
        assertThat(run("validate")).isZero();
        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void validate_withAProgramThatIsNone_isOneSentenceWithCode1() {
        assertThat(run("validate", "--exe", "/no/such")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("validate --exe: /no/such: cannot be opened: there is no such file\n");
    }

    @Test
    void invalidConfiguration_isToldOnStderrWithCode2() {
        assertThat(run("validate", "--set", "exporters.x.pth=1", "--set", "service.pipelines.traces.receivers=[q]"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "--set exporters.x.pth=1:1:1: exporters::x: unknown key 'pth'; did you mean 'path'?",
                        "--set service.pipelines.traces.receivers=[q]:1:2: service::pipelines::traces: references receiver"
                                + " \"q\" which is not configured; did you mean 'r'?");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void targetThatCanNeverBeTraced_isToldWithItsPlace() throws Exception {
        Path script = Files.writeString(home.toRealPath().resolve("run.sh"), "#!/bin/sh\n");
        Path later = home.resolve("later");
        Path config = Files.writeString(
                home.resolve("targets.yaml"), "targets: [{exe: " + later + "}, {exe: " + script + "}]\n");
        String standard = home.resolve("config/default.yaml").toString();
        assertThat(run("validate", "--config", standard, "--config", config.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .matches("\\Q" + config + "\\E:1:\\d+: targets::1::exe: \\Q" + script
                        + "\\E: a script for /bin/sh, not a Go program\n");
    }

    @Test
    void runWithInvalidConfiguration_endsWithCode2() {
        assertThat(run("run", "--config", "yaml:{a: 1}")).isEqualTo(2);
        assertThat(err.toString()).contains("--config:1:2: unknown key 'a'");
    }

    @Test
    void printConfig_showsTheResultWithoutSecrets() {
        assertThat(run("print-config", "--set", "exporters.x.path=y")).isZero();
        assertThat(out.toString())
                .isEqualTo("receivers:\n  r: {}\nexporters:\n  x:\n    pass: '[REDACTED]'\n    path: y\nservice:\n"
                        + "  pipelines:\n    traces:\n      receivers:\n      - r\n      exporters:\n      - x\n");
    }

    @Test
    void components_areListedWithTheirPlugins() {
        assertThat(run("components")).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        "receivers:\n  - type: r\n    stability: beta\n    plugin: \"receiver-r\"\n    version: \"1.0.0\"\n    description:"
                                + " \"Says \\\"r\\\"\"\nprocessors: []\nexporters:\n  - type: x\n    stability: alpha\n    plugin:"
                                + " \"exporter-x\"\n    version: \"1.0.0\"\n    description: \"An example\"\n    options:\n"
                                + "      \"pass\": \"\"\n      \"path\": \"\"\nextensions: []\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bogus        | zerospan: there is no command 'bogus'; known here: components, print-config, run, trace,"
                        + " validate; see zerospan --help",
                "vaildate x   | zerospan: there is no command 'vaildate'; did you mean 'validate'?; see zerospan --help",
                "-q           | zerospan: there is no option '-q'; known here: --help, --version; see zerospan --help",
                "run --confg=x| zerospan run: there is no option '--confg=x'; did you mean '--config'?; see zerospan run"
                        + " --help",
                "run --config | zerospan run: --config needs a value: --config=URI; see zerospan run --help",
                "run x        | zerospan run: 'x' is one word too many; a configuration is named by --config=x; see zerospan run"
                        + " --help",
                "trace --pid x| zerospan trace: invalid value for option '--pid': a process id is a whole number, not"
                        + " 'x'; see zerospan trace --help"
            })
    void wrongCommandLine_isOneSentenceWithCode2(String line, String told) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(told + "\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void version_isOneLine() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString().lines()).singleElement().asString().startsWith("zerospan ");
    }

    @Test
    void noCommand_printsTheUsageWithCode2() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Usage: zerospan").contains("print-config");
    }

    @Test
    void help_isNoError() {
        assertThat(run("validate", "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: zerospan validate").contains("--config=URI");
    }

    @Test
    void missingHome_isOneSentenceWithCode1() throws Exception {
        Console console = console(home.resolve("none"));

        assertThat(new Cli(console, List.of(new ComponentsCommand())).execute("components"))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("there is no such folder");
    }

    @Test
    void failingCommand_printsItsSentenceWithoutATrace() {
        assertThat(failing(new ComponentException("attach x: \u001b[31mno\n  hint: y", new RuntimeException())))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("attach x: \\u001b[31mno\n  hint: y\n");
    }

    @Test
    void defectInACommand_isOneLineWithItsPlace() {
        assertThat(failing(new IllegalStateException("oops"))).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("zerospan failed: java.lang.IllegalStateException: oops at io.zerospan.host.cli.CliTest");
    }

    private int failing(Exception failure) {
        Command command = new Command() {
            @Override
            public String name() {
                return "fail";
            }

            @Override
            public String description() {
                return "Fails.";
            }

            @Override
            public int run(ParseResult arguments, Console console) throws ComponentException {
                if (failure instanceof ComponentException expected) {
                    throw expected;
                }
                throw (RuntimeException) failure;
            }
        };
        return new Cli(console(home), List.of(command)).execute("fail");
    }

    private int run(String... arguments) {
        List<Command> commands = List.of(
                new RunCommand(),
                new TraceCommand(),
                new ValidateCommand(),
                new ComponentsCommand(),
                new PrintConfigCommand());
        return new Cli(console(home), commands).execute(arguments);
    }

    private Console console(Path folder) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                Map.of("P", "p")::get,
                StderrLog.install(new PrintStream(err, true, StandardCharsets.UTF_8)),
                () -> 0);
    }
}
