package io.zerospan.gobinary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** Asks the child, and understands what it says; what is not an answer to the question is none. */
final class DebugQuestions {
    private static final String TAB = "\t";

    private DebugQuestions() {}

    /** The offset of each field whose struct is known, −1 where it has no such field. */
    static Map<FieldOffsets.Field, Integer> offsets(
            DwarfProcess process, Path file, Collection<FieldOffsets.Field> fields) throws GoBinaryException {
        Map<String, FieldOffsets.Field> questions = new HashMap<>();
        for (FieldOffsets.Field field : fields) {
            questions.put(String.join(TAB, DwarfChild.FIELD, field.struct(), field.path()), field);
        }
        Map<FieldOffsets.Field, Integer> offsets = new HashMap<>();
        for (String line : process.ask(file, List.copyOf(questions.keySet()))) {
            int last = line.lastIndexOf(TAB);
            FieldOffsets.Field field = last < 0 ? null : questions.get(line.substring(0, last));
            if (field == null) throw notUnderstood(file, line);
            offsets.put(field, (int) number(file, line, line.substring(last + 1)));
        }
        return offsets;
    }

    /**
     * What is known of functions and types.
     *
     * @param types ids by name, 0 for none
     * @param layouts of types with an id below 0
     */
    record Known(Map<String, List<GoParameter>> parameters, Map<String, Long> types, Map<Long, TypeLayout> layouts) {}

    /** @param runtimeTypes makes the address of a runtime type of what the debug information has */
    static Known ask(
            DwarfProcess process,
            Path file,
            Collection<String> symbols,
            Collection<String> types,
            LongUnaryOperator runtimeTypes)
            throws GoBinaryException {
        Set<String> questions = new LinkedHashSet<>();
        symbols.forEach(symbol -> questions.add(DwarfChild.FUNCTION + TAB + symbol));
        types.forEach(type -> questions.add(DwarfChild.TYPE + TAB + type));
        Known known = new Known(new HashMap<>(), new HashMap<>(), new HashMap<>());
        DebugTypes layouts = new DebugTypes(id -> id < 0 ? id : runtimeTypes.applyAsLong(id));
        for (String line : process.ask(file, List.copyOf(questions))) {
            Words words = new Words(file, line);
            switch (words.text(0)) {
                case DwarfChild.PARAMETER -> {
                    words.expect(8, symbols);
                    known.parameters()
                            .computeIfAbsent(words.text(1), symbol -> new ArrayList<>())
                            .add(new GoParameter(
                                    words.text(2),
                                    words.flag(3),
                                    words.text(4),
                                    (int) words.number(5),
                                    (int) words.number(6),
                                    layouts.id(words.number(7))));
                }
                case DwarfChild.TYPE -> {
                    words.expect(3, types);
                    known.types().put(words.text(1), layouts.id(words.number(2)));
                }
                case DwarfChild.LAYOUT -> layouts.layout(words.expect(8));
                case DwarfChild.MEMBER -> layouts.member(words.expect(6));
                default -> throw words.notUnderstood();
            }
        }
        known.layouts().putAll(layouts.sound());
        return known;
    }

    /** A line of the answer. */
    record Words(Path file, String line, String[] words) {
        Words(Path file, String line) {
            this(file, line, line.split(TAB, -1));
        }

        Words expect(int count) throws GoBinaryException {
            if (words.length != count) throw notUnderstood();
            return this;
        }

        private void expect(int count, Collection<String> asked) throws GoBinaryException {
            if (!asked.contains(expect(count).text(1))) throw notUnderstood();
        }

        String text(int index) {
            return words[index];
        }

        boolean flag(int index) {
            return Boolean.parseBoolean(words[index]);
        }

        long number(int index) throws GoBinaryException {
            return DebugQuestions.number(file, line, words[index]);
        }

        GoBinaryException notUnderstood() {
            return DebugQuestions.notUnderstood(file, line);
        }
    }

    private static long number(Path file, String line, String word) throws GoBinaryException {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw notUnderstood(file, line);
        }
    }

    private static GoBinaryException notUnderstood(Path file, String line) {
        String shown = line.length() > 100 ? line.substring(0, 100) : line;
        return new GoBinaryException(file + ": debug information: the reader's answer is not understood: " + shown);
    }
}
