package io.zerospan.gobinary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What llvm-objdump says of a binary, instruction by instruction. */
final class Disassembly implements AutoCloseable {
    /** {@code 4012b7: callq 0x4fe340 <main.f>}, with tabs. */
    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\s+(\\S+)(?:\\s+(.*))?");

    private static final Pattern COMMENT = Pattern.compile("\\s{2,}(#|//|;).*");
    private static final Set<String> PREFIXES = Set.of("lock", "rep", "repne", "data16", "cs", "ds");

    private static final Pattern TARGET = Pattern.compile("(?:.*, )?(?:0x)?([0-9a-f]+)(?: <.*)?");

    private final Process process;
    private final BufferedReader lines;
    private long prefixAt = -1;

    /** One line. */
    record Line(long address, String mnemonic, String operands) {
        boolean isKnown() {
            return !mnemonic.startsWith("<");
        }

        /** Where a direct jump or call leads; -1 if it is none. */
        long target() {
            Matcher target = TARGET.matcher(operands);
            return target.matches() ? Long.parseUnsignedLong(target.group(1), 16) : -1;
        }
    }

    Disassembly(Path file) throws IOException {
        process = Tools.start(
                new ProcessBuilder("llvm-objdump", "-d", "--no-show-raw-insn", file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD),
                "llvm-objdump on the PATH; Debian and Ubuntu have it in the package llvm");
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    }

    /** The next instruction, null behind the last. */
    @Nullable Line next() throws IOException {
        for (String line; (line = lines.readLine()) != null; ) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) continue; // names of sections and functions
            long address = Long.parseUnsignedLong(matcher.group(1), 16);
            String operands = matcher.group(3) == null ? "" : matcher.group(3);
            if (prefixAt < 0 && PREFIXES.contains(matcher.group(2)) && operands.isBlank()) {
                prefixAt = address; // a line of its own; the instruction follows
                continue;
            }
            Line result = new Line(
                    prefixAt < 0 ? address : prefixAt,
                    matcher.group(2),
                    COMMENT.matcher(operands).replaceFirst("").strip());
            prefixAt = -1;
            return result;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        lines.close();
    }
}
