package io.zerospan.host;

import io.zerospan.host.cli.Cli;
import io.zerospan.host.cli.ComponentsCommand;
import io.zerospan.host.cli.Console;
import io.zerospan.host.cli.DoctorCommand;
import io.zerospan.host.cli.InspectCommand;
import io.zerospan.host.cli.PrintConfigCommand;
import io.zerospan.host.cli.RunCommand;
import io.zerospan.host.cli.StderrLog;
import io.zerospan.host.cli.TraceCommand;
import io.zerospan.host.cli.TrainCommand;
import io.zerospan.host.cli.ValidateCommand;
import io.zerospan.host.pipeline.ProcessAge;
import java.nio.file.Path;
import java.util.List;

/** {@code bin/zerospan} starts this, with the system property {@code zerospan.home}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ProcessAge age = ProcessAge.ofThisProcess();
        System.setProperty(
                "java.util.logging.manager", "io.zerospan.host.cli.QuietLogManager"); // before the first logger
        Console console = new Console(
                System.out,
                System.err,
                Path.of(System.getProperty("zerospan.home", ".")),
                System::getenv,
                StderrLog.install(System.err),
                age);
        Cli cli = new Cli(
                console,
                List.of(
                        new RunCommand(),
                        new TraceCommand(),
                        new DoctorCommand(),
                        new ValidateCommand(),
                        new InspectCommand(),
                        new ComponentsCommand(),
                        new PrintConfigCommand(),
                        new TrainCommand()));
        System.exit(cli.execute(arguments));
    }
}
