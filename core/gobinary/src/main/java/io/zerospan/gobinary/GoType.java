package io.zerospan.gobinary;

/**
 * A runtime type.
 *
 * @param name qualified by the package's path, such as {@code *net/http.Request}
 * @param address of its descriptor as linked; add the load bias for a position-independent process
 * @param kind as Go's {@code reflect.Kind}
 * @param size of a value, in bytes
 */
public record GoType(String name, long address, int kind, int size) {}
