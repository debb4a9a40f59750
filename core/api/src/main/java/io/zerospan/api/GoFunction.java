package io.zerospan.api;

/**
 * A function of an executable.
 *
 * @param symbol such as {@code main.(*Cart).Add}; of a generic function with its type arguments
 * @param address of its first instruction as linked
 */
public record GoFunction(String symbol, long address) {}
