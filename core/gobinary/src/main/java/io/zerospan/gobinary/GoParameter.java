package io.zerospan.gobinary;

/**
 * A parameter or result of a function, as the debug information has it.
 *
 * @param name of the source; Go calls a parameter without one {@code ~p1} by its place, a result {@code ~r0}
 * @param type qualified by the package's path, such as {@code *net/http.Request}
 * @param kind as Go's {@code reflect.Kind}, 0 if it is not known
 * @param size of a value, in bytes
 * @param typeId for {@link GoBinary#layout}: the address of the type's descriptor as linked; less than 0 for one that only
 *     the debug information has; or 0
 */
public record GoParameter(String name, boolean result, String type, int kind, int size, long typeId) {}
