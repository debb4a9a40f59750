package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.trace.TargetCheck;
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
        HostConfig config = ConfigOptions.read(arguments, console);
        for (int i = 0; i < config.targets().size(); i++) {
            int index = i;
            TargetCheck.problem(config.targets().get(i)).ifPresent(why -> config.rejectTarget(index, why));
        }
        Assembly.check(config, console);
        return Cli.OK;
    }
}
