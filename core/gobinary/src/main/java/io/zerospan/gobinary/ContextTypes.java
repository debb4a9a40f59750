package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the types that wrap another {@code context.Context}, so that a chain of contexts can be walked safely. A parent
 * behind an embedded pointer (Go 1.20's timerCtx, alone of all releases) cannot be said by one offset and is left out.
 */
final class ContextTypes {
    private static final String CONTEXT = "context.Context";
    private static final String CONTEXT_PACKAGE = "context.";
    /** timerCtx holds cancelCtx holds Context; user types rarely go deeper. */
    private static final int MAX_DEPTH = 4;

    private final RuntimeTypes types;
    private final long context;

    private ContextTypes(RuntimeTypes types, long context) {
        this.types = types;
        this.context = context;
    }

    static List<ContextType> find(RuntimeTypes types) throws GoBinaryException {
        long context = types.find(CONTEXT);
        if (context == 0) return List.of();
        List<ContextType> found = new ArrayList<>();
        ContextTypes search = new ContextTypes(types, context);
        types.forEach(type -> search.add(type, found));
        found.sort(
                Comparator.comparing((ContextType type) -> !isOwn(type.name())).thenComparing(ContextType::name));
        return List.copyOf(found);
    }

    private static boolean isOwn(String name) {
        return name.startsWith(CONTEXT_PACKAGE) || name.startsWith("*" + CONTEXT_PACKAGE);
    }

    private void add(long struct, List<ContextType> found) throws GoBinaryException {
        RuntimeType reader = types.reader();
        if (reader.kind(struct) != RuntimeType.STRUCT || !reader.isNamed(struct)) return;
        long pointer = types.pointerTo(struct);
        boolean byPointer = pointer != 0 && types.isInItab(pointer);
        boolean byValue = types.isInItab(struct);
        if (!byPointer && !byValue) return;
        String name = reader.path(struct);
        int offset = parentOffset(struct, isOwn(name), 0);
        if (offset < 0) return;
        if (byPointer) found.add(new ContextType(pointer, offset, "*" + name));
        if (byValue) found.add(new ContextType(struct, offset, name)); // boxed: the data word points to a copy
    }

    /** The package's own withoutCancelCtx keeps its parent in a plain field; elsewhere only embedding proves it. */
    private int parentOffset(long struct, boolean own, int depth) throws GoBinaryException {
        RuntimeType reader = types.reader();
        for (RuntimeType.Field field : reader.fields(struct)) {
            if (field.type() == context && (own || field.embedded())) return field.offset();
        }
        for (RuntimeType.Field field : reader.fields(struct)) {
            boolean value = field.embedded() && reader.isType(field.type());
            if (!value || depth == MAX_DEPTH || reader.kind(field.type()) != RuntimeType.STRUCT) continue;
            int inner = parentOffset(field.type(), own, depth + 1);
            if (inner >= 0) return field.offset() + inner;
        }
        return -1;
    }
}
