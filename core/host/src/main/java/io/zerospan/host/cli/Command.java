package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One word behind {@code zerospan}. */
public interface Command {

    String name();

    /** One line for {@code --help}. */
    String description();

    /** Whether {@code --help} keeps silent about it. */
    default boolean hidden() {
        return false;
    }

    /** Adds options and parameters by picocli's programmatic API; its annotations cost reflection at every start. */
    default void declare(CommandSpec spec) {}

    /** Begins what takes long and depends on nothing, while the command line and the configuration are read. */
    default void prepare() {}

    /** Returns the exit code. What it throws is printed as one sentence and gives 1, or 2 for the configuration. */
    int run(ParseResult arguments, Console console) throws ComponentException;
}
