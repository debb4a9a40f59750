package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.HostConfig;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code zerospan print-config}: what the host would run, merged and expanded, without the secrets. */
public final class PrintConfigCommand implements Command {

    @Override
    public String name() {
        return "print-config";
    }

    @Override
    public String description() {
        return "Prints the configuration as it is after merging and expansion; secrets are hidden.";
    }

    @Override
    public void declare(CommandSpec spec) {
        ConfigOptions.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        HostConfig config = ConfigOptions.read(arguments, console);
        Assembly.check(config, Optional.empty(), console); // the components say what is secret
        console.out().print(config.document().redactedYaml());
        console.out().flush();
        return Cli.OK;
    }
}
