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

/**
 * The process that reads debug information: it has the file as its input, nothing else, and ends after one answer. Its
 * arguments are questions; the answer's last line says that it is whole. {@link DwarfProcess} is the other side.
 */
final class DwarfChild {
    static final String FIELD = "field";
    static final String FUNCTION = "function";
    static final String PARAMETER = "parameter";
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

    /** A question is {@code field STRUCT PATH} or {@code function SYMBOL}, its words parted by tabs as in the answer. */
    static void answer(FilePages pages, List<String> questions, PrintStream out) throws GoBinaryException {
        Set<String> structs = new HashSet<>();
        Set<String> functions = new HashSet<>();
        for (String question : questions) {
            String[] words = question.split("\t", -1);
            (words[0].equals(FIELD) ? structs : functions).add(words[1]);
        }
        Dwarf dwarf = Dwarf.read(pages);
        dwarf.find(structs, functions);
        for (String question : questions) {
            String[] words = question.split("\t", -1);
            if (words[0].equals(FIELD)) {
                if (dwarf.hasStruct(words[1])) out.println(question + "\t" + dwarf.offset(words[1], words[2]));
                continue;
            }
            for (GoParameter parameter : dwarf.parameters(words[1])) {
                out.println(String.join(
                        "\t",
                        PARAMETER,
                        words[1],
                        plain(parameter.name()),
                        Boolean.toString(parameter.result()),
                        plain(parameter.type()),
                        Integer.toString(parameter.kind()),
                        Integer.toString(parameter.size()),
                        Long.toString(parameter.runtimeType())));
            }
        }
    }

    /** Names come from the file: they must not make lines or words of their own. */
    private static String plain(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
