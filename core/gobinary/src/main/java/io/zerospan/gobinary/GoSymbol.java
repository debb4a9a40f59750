package io.zerospan.gobinary;

/**
 * A function of the function table.
 *
 * @param name all instantiations of a generic function have the same
 * @param address of its first instruction as linked
 */
public record GoSymbol(String name, long address) {}
