package io.zerospan.gobinary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** @param runtimeTypes makes the address of a runtime type of what the debug information has */
    static Map<String, List<GoParameter>> parameters(
            DwarfProcess process, Path file, Collection<String> symbols, LongUnaryOperator runtimeTypes)
            throws GoBinaryException {
        Map<String, List<GoParameter>> parameters = new HashMap<>();
        List<String> questions = symbols.stream()
                .distinct()
                .map(symbol -> DwarfChild.FUNCTION + TAB + symbol)
                .toList();
        for (String line : process.ask(file, questions)) {
            String[] words = line.split(TAB, -1);
            if (words.length != 8 || !words[0].equals(DwarfChild.PARAMETER) || !symbols.contains(words[1])) {
                throw notUnderstood(file, line);
            }
            parameters
                    .computeIfAbsent(words[1], symbol -> new ArrayList<>())
                    .add(new GoParameter(
                            words[2],
                            Boolean.parseBoolean(words[3]),
                            words[4],
                            (int) number(file, line, words[5]),
                            (int) number(file, line, words[6]),
                            runtimeTypes.applyAsLong(number(file, line, words[7]))));
        }
        return parameters;
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
