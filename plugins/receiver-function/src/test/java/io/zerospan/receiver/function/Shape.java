package io.zerospan.receiver.function;

import io.zerospan.api.GoShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type as it would be found in a program. */
record Shape(
        String name,
        Kind kind,
        int size,
        int alignment,
        @Nullable GoShape element,
        long length,
        List<Field> fields,
        boolean hasMethods)
        implements GoShape {
    static final Shape INT8 = plain("int8", Kind.INT8, 1);
    static final Shape INT = plain("int", Kind.INT, 8);
    static final Shape FLOAT64 = plain("float64", Kind.FLOAT64, 8);
    static final Shape STRING = plain("string", Kind.STRING, 16);
    static final Shape ERROR = new Shape("error", Kind.INTERFACE, 16, 8, null, 0, List.of(), true);

    static Shape plain(String name, Kind kind, int size) {
        return new Shape(name, kind, size, Math.min(size, 8), null, 0, List.of(), false);
    }

    static Shape array(int length, GoShape element) {
        return new Shape("array", Kind.ARRAY, length * element.size(), 8, element, length, List.of(), false);
    }

    static Shape pointer(GoShape element) {
        return new Shape("*" + element.name(), Kind.POINTER, 8, 8, element, 0, List.of(), false);
    }

    /** Each field begins at a word. */
    static Shape struct(Object... namesAndTypes) {
        List<Field> fields = new java.util.ArrayList<>();
        int at = 0;
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            GoShape type = (GoShape) namesAndTypes[i + 1];
            fields.add(new Field((String) namesAndTypes[i], type, at, false));
            at += (type.size() + 7) / 8 * 8;
        }
        return new Shape("main.Cart", Kind.STRUCT, at, 8, null, 0, List.copyOf(fields), false);
    }

    @Override
    public long address() {
        return 0;
    }
}
