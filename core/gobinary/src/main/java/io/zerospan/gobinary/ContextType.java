package io.zerospan.gobinary;

/**
 * A type that wraps another {@code context.Context}.
 *
 * @param typeAddress of the runtime type in the itab's Type word, as linked
 * @param parentOffset of the parent's interface value (itab, data) in the struct the interface's data word points to
 * @param name such as {@code *context.valueCtx}, qualified by the package's path
 */
public record ContextType(long typeAddress, int parentOffset, String name) {}
