package io.zerospan.libbpf;

import java.util.List;
import java.util.regex.Pattern;

/** Finds the line that matters in a verifier log: thousands of lines of states, and the reason just before the end. */
final class VerifierLog {
    private static final Pattern INSTRUCTION = Pattern.compile("^\\d+: \\([0-9a-f]{2}\\) .*");

    /** Instructions, register states, source lines, precision walks and the closing statistics. */
    private static final Pattern NOISE = Pattern.compile(
            "^(\\d+:|;|from \\d|R\\d+(_\\w+)?=|R\\d+ ?: |processed \\d|verification time|stack depth|max_states"
                    + "|mark_precise|last_idx|regs=|parent |caller:|callee:|frame\\d|func#|propagating|The sequence of"
                    + "|Live regs|arg#\\d+ reference type).*");

    private static final String BEGIN = "-- BEGIN PROG LOAD LOG --";
    private static final String END = "-- END PROG LOAD LOG --";

    private VerifierLog() {}

    /** One line: the reason, then the instruction and the source line it was found at; empty if there is no log. */
    static String reason(String log) {
        int begin = log.indexOf(BEGIN);
        int end = log.indexOf(END, Math.max(begin, 0));
        if (begin < 0) {
            return "";
        }
        List<String> lines = log.substring(begin, end < 0 ? log.length() : end)
                .lines()
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        for (String line : lines) {
            if (line.contains("failed to resolve CO-RE relocation")) {
                return line;
            }
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (!NOISE.matcher(lines.get(i)).matches()) {
                return lines.get(i) + place(lines.subList(0, i));
            }
        }
        return "";
    }

    private static String place(List<String> before) {
        String instruction = "";
        String source = "";
        for (String line : before) {
            if (INSTRUCTION.matcher(line).matches()) {
                // The state after the instruction follows in the same line on newer kernels.
                int state = line.indexOf(" ; ");
                instruction = ", at instruction " + (state < 0 ? line : line.substring(0, state)).strip();
            } else if (line.startsWith("; ")) {
                source = ", of source line: " + line.substring(2).strip();
            }
        }
        return instruction + source;
    }
}
