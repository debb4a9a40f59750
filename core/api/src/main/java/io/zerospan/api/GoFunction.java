package io.zerospan.api;

/**
 * A function of an executable.
 *
 * @param symbol such as {@code main.(*Cart).Add}; all instantiations of a generic function have the same
 * @param address of its first instruction as linked
 */
public record GoFunction(String symbol, long address) {}
