package io.zerospan.gobinary;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process that reads debug information: it has the file as its input, nothing else, and ends after one answer. Its
 * arguments are questions; the answer's last line says that it is whole. {@link DwarfProcess} is the other side.
 */
final class DwarfChild {
    static final String FIELD = "field";
    static final String FUNCTION = "function";
    static final String PARAMETER = "parameter";
    static final String TYPE = "type";
    static final String LAYOUT = "layout";
    static final String MEMBER = "member";
    static final String END = "end";

    private DwarfChild() {}

    public static void main(String[] questions) {
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            answer(FilePages.of(Path.of("input"), in.getChannel()), List.of(questions), out);
            out.println(END);
            out.flush();
        } catch (GoBinaryException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * A question is {@code field STRUCT PATH}, {@code function SYMBOL} or {@code type NAME}, its words parted by tabs as in
     * the answer. Types that were named in an answer, and that only the debug information has, come last.
     */
    static void answer(FilePages pages, List<String> questions, PrintStream out) throws GoBinaryException {
        Set<String> structs = new HashSet<>();
        Set<String> functions = new HashSet<>();
        for (String question : questions) {
            String[] words = question.split("\t", -1);
            (words[0].equals(FUNCTION) ? functions : structs).add(words[1]);
        }
        Dwarf dwarf = Dwarf.read(pages);
        dwarf.find(structs, functions);
        for (String question : questions) {
            String[] words = question.split("\t", -1);
            switch (words[0]) {
                case FIELD -> {
                    if (dwarf.hasStruct(words[1])) out.println(question + "\t" + dwarf.offset(words[1], words[2]));
                }
                case TYPE -> out.println(question + "\t" + dwarf.type(words[1]));
                default -> {
                    for (GoParameter parameter : dwarf.parameters(words[1])) out.println(line(words[1], parameter));
                }
            }
        }
        for (TypeLayout layout : dwarf.layouts()) {
            out.println(line(layout));
            for (TypeLayout.Field field : layout.fields()) out.println(line(layout, field));
        }
    }

    private static String line(String function, GoParameter parameter) {
        return line(
                PARAMETER,
                function,
                parameter.name(),
                parameter.result(),
                parameter.type(),
                parameter.kind(),
                parameter.size(),
                parameter.typeId());
    }

    private static String line(TypeLayout layout) {
        return line(
                LAYOUT,
                layout.address(),
                layout.name(),
                layout.kind(),
                layout.size(),
                layout.element(),
                layout.length(),
                layout.methods());
    }

    private static String line(TypeLayout layout, TypeLayout.Field field) {
        return line(MEMBER, layout.address(), field.name(), field.type(), field.offset(), field.embedded());
    }

    private static String line(Object... words) {
        return Stream.of(words).map(word -> plain(word.toString())).collect(Collectors.joining("\t"));
    }

    /** Names come from the file: they must not make lines or words of their own. */
    private static String plain(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
