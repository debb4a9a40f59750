package io.zerospan.gobinary;

/**
 * A function of the function table.
 *
 * @param name of a generic function with its type arguments, which several copies may share
 * @param address of its first instruction as linked
 */
public record GoSymbol(String name, long address) {}
