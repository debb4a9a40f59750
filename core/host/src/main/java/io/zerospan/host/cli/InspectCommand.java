package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.trace.Inspected;
import io.zerospan.host.trace.Inspections;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code zerospan inspect BINARY}: what the installed probes find in it. Needs no root. */
public final class InspectCommand implements Command {
    private static final String JSON = "--json";

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String description() {
        return "Shows the hooks and offsets that the probes find in a Go binary; by --config those of its receivers.";
    }

    @Override
    public void declare(CommandSpec spec) {
        ConfigOptions.declare(spec);
        spec.addOption(OptionSpec.builder(JSON)
                .type(boolean.class)
                .description("Prints one JSON document.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("BINARY")
                .type(Path.class)
                .required(true)
                .description("A Go executable.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        Path file = arguments.matchedPositionalValue(0, Path.of(""));
        List<Feed> receivers = ConfigOptions.given(arguments)
                ? Assembly.receivers(ConfigOptions.read(arguments, console), console)
                : Assembly.receivers(Assembly.plugins(console));
        Inspected inspected = Inspections.of(file, receivers, Assembly.offsets(console));
        if (arguments.matchedOptionValue(JSON, false)) {
            console.out().println(InspectionJson.of(file, inspected));
        } else {
            console.out().print(InspectionText.of(file, inspected));
        }
        console.out().flush();
        return Cli.OK;
    }
}
