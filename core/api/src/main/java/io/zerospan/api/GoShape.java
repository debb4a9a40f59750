package io.zerospan.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type of a Go program: how its values lie in memory. */
public interface GoShape {
    /** Qualified by the package's path, such as {@code *net/http.Request}. */
    String name();

    Kind kind();

    /** Bytes of a value. */
    int size();

    int alignment();

    /** Of the type's descriptor as linked: what stands in interfaces. 0 if it has none. */
    long address();

    /** What a pointer points to, or a slice or an array holds; null for others. */
    @Nullable GoShape element();

    /** Elements of an array, 0 for others. */
    long length();

    /** Of a struct, in order; empty for others. */
    List<Field> fields();

    /** Whether an interface has methods; false for others. */
    boolean hasMethods();

    /** A field of a struct. */
    record Field(String name, GoShape type, int offset, boolean embedded) {}

    /** Go's {@code reflect.Kind}, by its numbers. */
    enum Kind {
        INVALID,
        BOOL,
        INT,
        INT8,
        INT16,
        INT32,
        INT64,
        UINT,
        UINT8,
        UINT16,
        UINT32,
        UINT64,
        UINTPTR,
        FLOAT32,
        FLOAT64,
        COMPLEX64,
        COMPLEX128,
        ARRAY,
        CHAN,
        FUNC,
        INTERFACE,
        MAP,
        POINTER,
        SLICE,
        STRING,
        STRUCT,
        UNSAFE_POINTER
    }
}
