package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** Types that the child told of, see {@link DwarfTypes}: the debug information may be anybody's, and so may these be. */
final class DebugTypes {
    /** Structs and arrays within each other, by value. */
    private static final int MAX_DEPTH = 64;

    /** {@code reflect.UnsafePointer}. */
    private static final int LAST_KIND = 26;

    private final LongUnaryOperator ids;
    private final Map<Long, TypeLayout> layouts = new HashMap<>();
    private final Map<Long, List<TypeLayout.Field>> fields = new HashMap<>();
    private final Set<Long> sound = new HashSet<>();

    /** @param ids makes what {@link GoBinary#layout} takes of what the child says */
    DebugTypes(LongUnaryOperator ids) {
        this.ids = ids;
    }

    long id(long told) {
        return ids.applyAsLong(told);
    }

    void layout(DebugQuestions.Words words) throws GoBinaryException {
        long id = words.number(1);
        if (id >= 0) throw words.notUnderstood();
        fields.put(id, new ArrayList<>());
        layouts.put(
                id,
                new TypeLayout(
                        words.text(2),
                        (int) words.number(3),
                        (int) words.number(4),
                        TypeLayout.BY_PARTS,
                        id,
                        id(words.number(5)),
                        words.number(6),
                        fields.get(id),
                        words.flag(7)));
    }

    void member(DebugQuestions.Words words) throws GoBinaryException {
        List<TypeLayout.Field> of = fields.get(words.number(1));
        if (of == null) throw words.notUnderstood();
        of.add(new TypeLayout.Field(words.text(2), id(words.number(3)), (int) words.number(4), words.flag(5)));
    }

    /** Those of which all is known: where a part is missing, nobody can tell which registers the rest is in. */
    Map<Long, TypeLayout> sound() {
        layouts.keySet().forEach(id -> isSound(id, MAX_DEPTH));
        layouts.keySet().retainAll(sound);
        return layouts;
    }

    private boolean isSound(long id, int depth) {
        if (id > 0 || sound.contains(id)) return true;
        TypeLayout layout = layouts.get(id);
        if (layout == null || depth == 0 || layout.size() < 0) return false;
        if (layout.kind() <= 0 || layout.kind() > LAST_KIND) return false;
        boolean whole = switch (layout.kind()) {
            case RuntimeType.ARRAY -> layout.length() >= 0 && isSound(layout.element(), depth - 1);
            case RuntimeType.STRUCT ->
                layout.fields().stream()
                        .allMatch(field -> field.offset() >= 0
                                && field.offset() <= layout.size()
                                && isSound(field.type(), depth - 1));
            default -> true;
        };
        if (whole) sound.add(id);
        return whole;
    }
}
