package io.zerospan.host.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command has from the process around it.
 *
 * @param home the distribution's folder, with {@code config/} and {@code plugins/} in it
 * @param environment the variables by name
 * @param millisSinceStart the age of the process
 */
public record Console(
        PrintStream out,
        PrintStream err,
        Path home,
        Function<String, @Nullable String> environment,
        StderrLog log,
        LongSupplier millisSinceStart) {}
