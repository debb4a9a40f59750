package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.ConfigException;
import io.zerospan.host.text.Printable;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds the command, runs it, and turns what goes wrong into a sentence and an exit code. */
public final class Cli {
    public static final int OK = 0;
    /** Something failed while it ran. */
    public static final int FAILED = 1;
    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    private final Console console;
    private final List<Command> commands;

    public Cli(Console console, List<Command> commands) {
        this.console = console;
        this.commands = List.copyOf(commands);
    }

    public int execute(String... arguments) {
        for (Command command : commands) {
            if (arguments.length > 0 && command.name().equals(arguments[0])) {
                command.prepare();
            }
        }
        CommandLine line = commandLine();
        try {
            return dispatch(line, line.parseArgs(arguments));
        } catch (ParameterException e) {
            console.err().println(Printable.line(UsageError.text(e)));
            return USAGE;
        } catch (ConfigException e) {
            console.err().println(Printable.lines(String.valueOf(e.getMessage())));
            return USAGE;
        } catch (ComponentException e) {
            console.err().println(Printable.lines(String.valueOf(e.getMessage())));
            return FAILED;
        } catch (RuntimeException | LinkageError e) {
            console.err().println(Printable.line("zerospan failed: " + e + at(e) + "; please report this"));
            return FAILED;
        }
    }

    private int dispatch(CommandLine line, ParseResult parsed) throws ComponentException {
        ParseResult innermost = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        CommandLine asked = innermost.commandSpec().commandLine();
        if (innermost.isUsageHelpRequested()) {
            asked.usage(console.out(), Ansi.OFF);
            return OK;
        }
        if (parsed.isVersionHelpRequested()) {
            line.printVersionHelp(console.out(), Ansi.OFF);
            return OK;
        }
        if (!parsed.hasSubcommand()) {
            line.usage(console.err(), Ansi.OFF);
            return USAGE;
        }
        return ((Command) innermost.commandSpec().userObject()).run(innermost, console);
    }

    private CommandLine commandLine() {
        String version = Cli.class.getPackage().getImplementationVersion();
        CommandSpec root = CommandSpec.create().name("zerospan");
        root.usageMessage().description("Traces Go programs that know nothing of it.");
        root.version("zerospan " + (version == null ? "(unpackaged)" : version));
        root.addOption(help());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Prints the version.")
                .build());
        for (Command command : commands) {
            CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
            spec.usageMessage().description(command.description()).hidden(command.hidden());
            spec.addOption(help());
            command.declare(spec);
            root.addSubcommand(command.name(), spec);
        }
        return new CommandLine(root);
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Prints this help.")
                .build();
    }

    /** A defect's place in one word; its whole trace helps nobody who runs the program. */
    private static String at(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "" : " at " + frames[0];
    }
}
