package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.trace.TargetCheck;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code zerospan validate}: says nothing if all is well, as the Collector does. */
public final class ValidateCommand implements Command {

    private static final String EXE = "--exe";

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
        spec.addOption(OptionSpec.builder(EXE)
                .paramLabel("BINARY")
                .type(Path.class)
                .description(
                        "A Go executable: functions and expressions that the configuration names are looked up in it.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        HostConfig config = ConfigOptions.read(arguments, console);
        for (int i = 0; i < config.targets().size(); i++) {
            int index = i;
            TargetCheck.problem(config.targets().get(i)).ifPresent(why -> config.rejectTarget(index, why));
        }
        Path exe = arguments.matchedOptionValue(EXE, null);
        Assembly.check(config, Optional.ofNullable(exe), console);
        if (exe != null) {
            checkReadable(exe);
        }
        return Cli.OK;
    }

    /** Where nothing of the configuration is looked up in it, a wrong name must not pass for a right one. */
    private static void checkReadable(Path exe) throws ComponentException {
        try (GoBinary binary = GoBinary.read(exe)) {
            binary.modules();
        } catch (GoBinaryException e) {
            throw new ComponentException("validate --exe: " + e.getMessage(), e);
        }
    }
}
