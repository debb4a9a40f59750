package io.zerospan.host.cli;

import io.zerospan.host.trace.Instrumented;
import io.zerospan.host.trace.TargetRule;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The arguments of {@code zerospan trace}.
 *
 * @param exe a glob over whole paths
 * @param command empty when nothing is to be started
 */
record TraceOptions(@Nullable Integer pid, @Nullable String exe, List<String> command, boolean verbose) {
    private static final String PID = "--pid";
    private static final String EXE = "--exe";
    private static final String VERBOSE = "--verbose";

    static void declare(CommandSpec spec) {
        spec.parser().stopAtPositional(true); // what follows CMD is CMD's
        spec.addOption(OptionSpec.builder(PID)
                .paramLabel("N")
                .type(Integer.class)
                .converters(TraceOptions::pid)
                .description("Traces one process, until it ends.")
                .build());
        spec.addOption(OptionSpec.builder(EXE)
                .paramLabel("GLOB")
                .type(String.class)
                .description("Traces the processes of executables by path, such as '/srv/*/bin/*', or by name, such as"
                        + " shop.")
                .build());
        spec.addOption(OptionSpec.builder("-v", VERBOSE)
                .type(boolean.class)
                .description("Tells what is attached, and when.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("CMD")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description("A Go program to start, and its arguments. Traced from its first instruction to its end.")
                .build());
    }

    private static Integer pid(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("a process id is a whole number, not '" + text + "'");
        }
    }

    static TraceOptions of(ParseResult arguments) {
        TraceOptions options = new TraceOptions(
                arguments.matchedOptionValue(PID, (Integer) null),
                arguments.matchedOptionValue(EXE, (String) null),
                arguments.matchedPositionalValue(0, List.of()),
                arguments.matchedOptionValue(VERBOSE, false));
        options.problem().ifPresent(problem -> {
            throw new ParameterException(arguments.commandSpec().commandLine(), problem);
        });
        return options;
    }

    private Optional<String> problem() {
        int chosen = (pid == null ? 0 : 1) + (exe == null ? 0 : 1) + (command.isEmpty() ? 0 : 1);
        if (chosen > 1) {
            return Optional.of("--pid, --exe and a command exclude each other: give one of them, or none for"
                    + " every Go program");
        }
        if (pid != null && pid < 1) {
            return Optional.of("--pid " + pid + ": process ids begin with 1");
        }
        if (exe != null && exe.isBlank()) {
            return Optional.of("--exe is empty; name a path such as '/srv/*/bin/*', or a name such as shop");
        }
        if (!command.isEmpty() && command.get(0).isEmpty()) {
            return Optional.of("the command is empty");
        }
        try {
            if (exe != null) {
                FileSystems.getDefault().getPathMatcher("glob:" + exe);
            }
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("--exe '" + exe + "' is no glob: " + e.getDescription());
        }
    }

    /** What to attach to, but for a command. */
    List<TargetRule> targets() {
        if (pid != null) {
            return List.of(asked(null, pid));
        }
        if (exe != null) {
            // As a name matches in every folder, a path in parts matches below any.
            boolean anywhere = !exe.startsWith("/") && !exe.startsWith("**");
            return List.of(asked(anywhere ? "**/" + exe : exe, null));
        }
        return List.of(asked(null, null));
    }

    /** What an SDK makes of the same requests goes elsewhere: here nothing is shown twice, and skipping would be silence. */
    private static TargetRule asked(@Nullable String exe, @Nullable Integer pid) {
        return new TargetRule(exe, pid, null, Instrumented.TRACE);
    }

    String whom() {
        if (pid != null) {
            return "process " + pid;
        }
        return exe == null ? "every Go program" : "every process of " + exe;
    }
}
