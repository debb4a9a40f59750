package io.zerospan.gobinary;

import java.util.List;

/**
 * How values of a type lie in memory.
 *
 * @param name qualified by the package's path
 * @param kind as Go's {@code reflect.Kind}
 * @param alignment {@link #BY_PARTS} if it is that of what the type is made of
 * @param address of the type's descriptor as linked; less than 0 for one that only the debug information has
 * @param element address of the type that a pointer points to, or an array or slice holds; else 0
 * @param length of an array
 * @param fields of a struct
 * @param methods whether an interface has any
 */
public record TypeLayout(
        String name,
        int kind,
        int size,
        int alignment,
        long address,
        long element,
        long length,
        List<Field> fields,
        boolean methods) {
    /** The debug information has no alignments. */
    public static final int BY_PARTS = 0;

    /** A field of a struct; {@code type} is an address. */
    public record Field(String name, long type, int offset, boolean embedded) {}

    static TypeLayout read(RuntimeType reader, long type) throws GoBinaryException {
        int kind = reader.kind(type);
        boolean holds = kind == RuntimeType.POINTER || kind == RuntimeType.ARRAY || kind == RuntimeType.SLICE;
        List<Field> fields = kind != RuntimeType.STRUCT
                ? List.of()
                : reader.fields(type).stream()
                        .map(field -> new Field(field.name(), field.type(), field.offset(), field.embedded()))
                        .toList();
        return new TypeLayout(
                reader.path(type),
                kind,
                reader.size(type),
                reader.alignment(type),
                type,
                holds ? reader.element(type) : 0,
                kind == RuntimeType.ARRAY ? reader.length(type) : 0,
                fields,
                kind == RuntimeType.INTERFACE && reader.methods(type) > 0);
    }
}
