package io.zerospan.receiver.function;

import io.zerospan.api.GoShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a field as Go does: among a struct's own, then among those of its embedded structs. */
final class Fields {
    /** Structs embedded in each other; a type that embeds a pointer to itself has no end. */
    private static final int MOST_LEVELS = 4;
    /** A type that has more is better looked up in its source. */
    private static final int MOST_NAMED = 20;

    private Fields() {}

    static GoShape structure(GoShape type) {
        @Nullable GoShape element = type.kind() == GoShape.Kind.POINTER ? type.element() : null;
        return element == null ? type : element;
    }

    /** The way to the field; empty if there is none. */
    static List<GoShape.Field> find(GoShape type, String name) {
        for (int levels = 1; levels <= MOST_LEVELS; levels++) {
            List<GoShape.Field> way = find(structure(type), name, levels);
            if (!way.isEmpty()) {
                return way;
            }
        }
        return List.of();
    }

    private static List<GoShape.Field> find(GoShape struct, String name, int levels) {
        for (GoShape.Field field : struct.fields()) {
            if (levels == 1 && field.name().equals(name)) {
                return List.of(field);
            }
            List<GoShape.Field> below =
                    levels > 1 && field.embedded() ? find(structure(field.type()), name, levels - 1) : List.of();
            if (!below.isEmpty()) {
                List<GoShape.Field> way = new ArrayList<>();
                way.add(field);
                way.addAll(below);
                return way;
            }
        }
        return List.of();
    }

    /** "Cart has ID, Items, Owner". */
    static String what(GoShape type) {
        GoShape struct = structure(type);
        String shortName = struct.name().substring(struct.name().lastIndexOf('/') + 1);
        List<GoShape.Field> fields = struct.fields();
        if (fields.isEmpty()) {
            return shortName + " has no fields";
        }
        return shortName + " has "
                + fields.stream().limit(MOST_NAMED).map(GoShape.Field::name).collect(Collectors.joining(", "))
                + (fields.size() > MOST_NAMED ? ", …" : "");
    }
}
