package io.zerospan.host.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C headers in {@code bpf/include/zerospan}: what clang makes of them, and their enums as written. */
record Headers(Path folder) {
    private static final Path BPF = Path.of("../../bpf").toAbsolutePath().normalize();

    /** Values of C expressions, as a program compiled by clang prints them. */
    Map<String, Long> values(Collection<String> expressions) {
        StringBuilder program = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n");
        // the one file that declares a record of its own; it includes the shared headers
        program.append(
                "#include <zerospan/news.h>\n#include <zerospan/pushed.h>\n#include <zerospan/probe.bpf.h>\n#include <zerospan/tracestate.h>\nint main(void) {\n");
        for (String expression : expressions) {
            program.append("\tprintf(\"%lld\\n\", (long long)(")
                    .append(expression)
                    .append("));\n");
        }
        program.append("}\n");
        List<String> printed = run(program.toString());
        Map<String, Long> values = new LinkedHashMap<>();
        int line = 0;
        for (String expression : expressions) {
            values.put(expression, Long.valueOf(printed.get(line++)));
        }
        return values;
    }

    /** Members of an enum in the order written, each with the comment behind it. */
    static Map<String, String> members(String header, String name) {
        Matcher found = Pattern.compile("enum " + name + " \\{\n(.*?)\n\\};", Pattern.DOTALL)
                .matcher(read(BPF.resolve("include/zerospan").resolve(header)));
        if (!found.find()) {
            throw new IllegalArgumentException("no enum " + name + " in " + header);
        }
        Map<String, String> members = new LinkedHashMap<>();
        Matcher member =
                Pattern.compile("\\s*(ZS_\\w+)[^,\n]*,[ \t]*(?:/\\*(.*)\\*/)?").matcher(found.group(1));
        while (member.find()) {
            members.put(
                    member.group(1),
                    member.group(2) == null ? "" : member.group(2).strip());
        }
        return members;
    }

    private List<String> run(String program) {
        Path source = folder.resolve("headers.c");
        Path binary = folder.resolve("headers");
        try {
            Files.writeString(source, program);
            output(
                    "clang",
                    "-w",
                    "-D__TARGET_ARCH_" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86"),
                    "-I" + BPF.resolve("include"),
                    source.toString(),
                    "-o",
                    binary.toString());
            return output(binary.toString()).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("clang is needed for these tests", e);
        }
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(Arrays.toString(command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return said;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
