package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The offsets of a set of fields in one binary, each from the first source that has it: the binary's runtime types, its
 * debug information, the offsets database. A type that is found decides alone which fields it has.
 */
public final class FieldOffsets {
    /** A field to look for, such as {@code net/http.Request} and {@code Method}; {@code a|b} is a, or b without a. */
    public record Field(String struct, String path) {
        Stream<Field> candidates() {
            return Stream.of(path.split("\\|")).map(candidate -> new Field(struct, candidate));
        }
    }

    /** How hard to look. */
    public enum Effort {
        /** Debug information for what is needed alone: it takes a process of its own. */
        NEEDED,
        /** All sources, to compare them. */
        COMPARE
    }

    private final Map<Field, FieldOffset> found = new HashMap<>();
    private final List<Contradiction> contradictions = new ArrayList<>();
    private String debugProblem = "";

    private FieldOffsets() {}

    /** Looks up everything now; the binary may be closed afterwards. */
    public static FieldOffsets find(GoBinary binary, Collection<Field> wanted, OffsetsDb db, Effort effort) {
        List<Field> fields =
                wanted.stream().flatMap(Field::candidates).distinct().toList();
        Set<Field> unknown = new HashSet<>();
        FieldOffsets offsets = new FieldOffsets();
        for (Field field : fields) {
            Optional<FieldOffset> offset = binary.field(field.struct(), field.path());
            offset.ifPresent(known -> offsets.found.put(field, known));
            if (binary.type(field.struct()).isEmpty()) unknown.add(field);
        }
        Map<Field, Integer> debug = offsets.debug(binary, fields, unknown, effort);
        for (Field field : fields) {
            boolean decided = !unknown.contains(field);
            Integer at = debug.get(field);
            if (at != null) {
                decided = offsets.lower(
                        field, decided, Optional.of(at).filter(offset -> offset >= 0), FieldOffset.Source.DWARF);
            }
            Optional<FieldOffset> measured = binary.measured(db, field.struct(), field.path());
            if (measured.isPresent() && (decided || binary.mayHold(Set.of(field.struct())))) {
                offsets.lower(field, decided, measured.map(FieldOffset::offset), FieldOffset.Source.OFFSETS_DB);
            }
        }
        return offsets;
    }

    /** Takes or compares what a source says; from then on the field is decided. */
    private boolean lower(Field field, boolean decided, Optional<Integer> offset, FieldOffset.Source source) {
        FieldOffset other = new FieldOffset(field.struct(), field.path(), offset.orElse(-1), source);
        FieldOffset trusted = found.get(field);
        if (!decided) {
            if (offset.isPresent()) found.put(field, other);
        } else if (offset.orElse(-1) != (trusted == null ? -1 : trusted.offset())) {
            FieldOffset.Source by = trusted == null ? FieldOffset.Source.RUNTIME_TYPES : trusted.source();
            int at = trusted == null ? -1 : trusted.offset();
            contradictions.add(new Contradiction(new FieldOffset(field.struct(), field.path(), at, by), other));
        }
        return true;
    }

    /** Whether {@link #find} would begin a process that reads the debug information. */
    public static boolean needDebugInformation(GoBinary binary, Collection<Field> wanted) {
        Set<Field> unknown = new HashSet<>();
        for (Field field : wanted) {
            if (binary.type(field.struct()).isEmpty()) unknown.add(field);
        }
        return mayBeInDebugInformation(binary, unknown);
    }

    private static boolean mayBeInDebugInformation(GoBinary binary, Set<Field> unknown) {
        return !unknown.isEmpty() && binary.hasDebugInformation() && binary.mayHold(structs(unknown));
    }

    private Map<Field, Integer> debug(GoBinary binary, List<Field> fields, Set<Field> unknown, Effort effort) {
        boolean wanted =
                effort == Effort.COMPARE ? binary.hasDebugInformation() : mayBeInDebugInformation(binary, unknown);
        if (!wanted) return Map.of();
        try {
            return binary.debugOffsets(fields);
        } catch (GoBinaryException e) {
            debugProblem = String.valueOf(e.getMessage());
            return Map.of();
        }
    }

    private static Set<String> structs(Set<Field> fields) {
        Set<String> structs = new HashSet<>();
        fields.forEach(field -> structs.add(field.struct()));
        return structs;
    }

    /** The offset of one of the fields that were looked for; of {@code a|b} the first that the binary has. */
    public Optional<FieldOffset> get(Field field) {
        return field.candidates()
                .flatMap(candidate -> Optional.ofNullable(found.get(candidate)).stream())
                .findFirst();
    }

    /** What a lower source says otherwise than a higher one: the higher one was believed. */
    public List<Contradiction> contradictions() {
        return List.copyOf(contradictions);
    }

    /** Why there is no answer from the debug information that was asked; empty if there is, or it was not asked. */
    public String debugProblem() {
        return debugProblem;
    }
}
