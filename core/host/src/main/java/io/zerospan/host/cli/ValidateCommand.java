package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code zerospan validate}: says nothing if all is well, as the Collector does. */
public final class ValidateCommand implements Command {

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String description() {
        return "Checks a configuration; prints every error with its place.";
    }

    @Override
    public void declare(CommandSpec spec) {
        ConfigOptions.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        Assembly.check(ConfigOptions.read(arguments, console), console);
        return Cli.OK;
    }
}
