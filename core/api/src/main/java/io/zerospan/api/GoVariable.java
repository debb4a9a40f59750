package io.zerospan.api;

import org.jspecify.annotations.Nullable;

/**
 * A parameter or result of a function.
 *
 * @param name of the source, empty if it has none
 * @param typeName qualified by the package's path
 * @param type null if the program has no description of it
 */
public record GoVariable(
        String name,
        boolean result,
        String typeName,
        @Nullable GoShape type) {}
