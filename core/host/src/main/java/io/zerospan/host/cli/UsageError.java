package io.zerospan.host.cli;

import io.zerospan.host.config.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and what would be right, in one sentence. */
final class UsageError {

    private UsageError() {}

    static String text(ParameterException error) {
        CommandSpec command = error.getCommandLine().getCommandSpec();
        return command.qualifiedName() + ": " + problem(error, command) + "; see " + command.qualifiedName()
                + " --help";
    }

    private static String problem(ParameterException error, CommandSpec command) {
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        }
        if (error instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(UsageError::missing).collect(Collectors.joining(", "));
        }
        String text = String.valueOf(error.getMessage());
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String unmatched(String word, CommandSpec command) {
        if (word.startsWith("-")) {
            return "there is no option '" + word + "'" + Spelling.hint(word.split("=", 2)[0], options(command));
        }
        Set<String> commands = command.subcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!commands.isEmpty()) {
            return "there is no command '" + word + "'" + Spelling.hint(word, commands);
        }
        String meant = options(command).contains(ConfigOptions.CONFIG)
                ? "; a configuration is named by " + ConfigOptions.CONFIG + "=" + word
                : "";
        return "'" + word + "' is one word too many" + meant;
    }

    private static Set<String> options(CommandSpec command) {
        List<OptionSpec> options = command.options();
        return options.stream().map(OptionSpec::longestName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " needs a value: " + option.longestName() + "=" + option.paramLabel()
                : argument.paramLabel() + " is missing";
    }
}
