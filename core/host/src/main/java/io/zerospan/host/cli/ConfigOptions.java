package io.zerospan.host.cli;

import io.zerospan.host.config.ConfigDocument;
import io.zerospan.host.config.ConfigException;
import io.zerospan.host.config.Findings;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.SectionReader;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code --config} and {@code --set}, alike in every command that reads the configuration. */
public final class ConfigOptions {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigOptions.class);

    static final String CONFIG = "--config";
    private static final String SET = "--set";

    private ConfigOptions() {}

    public static void declare(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(CONFIG)
                .paramLabel("URI")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(
                        "Configuration: a path, file:PATH, env:NAME or yaml:TEXT. May be given several times; later"
                                + " ones win. Default: config/default.yaml of the distribution.")
                .build());
        spec.addOption(OptionSpec.builder(SET)
                .paramLabel("KEY=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Sets one value, such as exporters.file.path=/tmp/spans. May be given several times.")
                .build());
    }

    /** Whether the command line says anything of a configuration. */
    static boolean given(ParseResult arguments) {
        return arguments.hasMatchedOption(CONFIG) || arguments.hasMatchedOption(SET);
    }

    /** Reads, merges and checks; sets the log level. Further errors may still go into the configuration's findings. */
    public static HostConfig read(ParseResult arguments, Console console) throws ConfigException {
        Path standard = console.home().resolve("config").resolve("default.yaml");
        List<String> uris = arguments.matchedOptionValue(CONFIG, List.of(standard.toString()));
        List<String> sets = arguments.matchedOptionValue(SET, List.of());
        Findings findings = new Findings();
        ConfigDocument document = ConfigDocument.load(uris, sets, console.environment(), findings);
        HostConfig config = SectionReader.read(document, findings);
        console.log().level(config.telemetry().logLevel());
        findings.warnings().forEach(LOG::warn);
        return config;
    }
}
