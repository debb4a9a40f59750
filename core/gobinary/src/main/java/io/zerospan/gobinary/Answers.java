package io.zerospan.gobinary;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a binary before. As many as the probes have hooks, fields and types: the user's configuration bounds
 * them, not the binary.
 */
final class Answers {
    private final Map<String, HookSites> hooks = new ConcurrentHashMap<>();
    private final Map<FieldOffsets.Field, Optional<FieldOffset>> fields = new ConcurrentHashMap<>();
    private final Map<String, Optional<GoType>> types = new ConcurrentHashMap<>();
    private final Map<String, Boolean> code = new ConcurrentHashMap<>();
    /** By id, below 0. Few: those of parameters whose descriptors the linker dropped. */
    private final Map<Long, TypeLayout> debugTypes = new ConcurrentHashMap<>();

    private final Set<TypeLayout> usedDebugTypes = ConcurrentHashMap.newKeySet();

    private volatile @Nullable List<ContextType> contextTypes;

    /** Looks something up in the binary. */
    interface Question<T> {
        T answer() throws GoBinaryException;
    }

    /** A failure is no answer: it is tried again. */
    private static <K, V> V of(Map<K, V> known, K key, Question<V> question) throws GoBinaryException {
        V answer = known.get(key);
        if (answer == null) {
            answer = question.answer();
            known.put(key, answer);
        }
        return answer;
    }

    HookSites hook(String symbol, Question<HookSites> question) throws GoBinaryException {
        return of(hooks, symbol, question);
    }

    Optional<FieldOffset> field(FieldOffsets.Field field, Question<Optional<FieldOffset>> question)
            throws GoBinaryException {
        return of(fields, field, question);
    }

    Optional<GoType> type(String name, Question<Optional<GoType>> question) throws GoBinaryException {
        return of(types, name, question);
    }

    /** Whether there may be code of a package. */
    boolean code(String packagePath, Question<Boolean> question) throws GoBinaryException {
        return of(code, packagePath, question);
    }

    List<ContextType> contextTypes(Question<List<ContextType>> question) throws GoBinaryException {
        List<ContextType> known = contextTypes;
        if (known == null) {
            known = question.answer();
            contextTypes = known;
        }
        return known;
    }

    void debugTypes(Map<Long, TypeLayout> told) {
        debugTypes.putAll(told);
    }

    Optional<TypeLayout> debugType(long id) {
        TypeLayout layout = debugTypes.get(id);
        if (layout != null) usedDebugTypes.add(layout);
        return Optional.ofNullable(layout);
    }

    /** The fields of structs that were asked for by their id below 0. */
    List<FieldOffset> usedDebugFields() {
        return usedDebugTypes.stream()
                .sorted(Comparator.comparing(TypeLayout::name))
                .flatMap(struct -> struct.fields().stream()
                        .map(field ->
                                new FieldOffset(struct.name(), field.name(), field.offset(), FieldOffset.Source.DWARF)))
                .toList();
    }
}
