package io.zerospan.libbpf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what libbpf and the verifier printed into the one sentence that tells what to change. */
final class LoadFailure {
    private static final Pattern PROGRAM = Pattern.compile("prog '([^']+)': BPF program load failed: (.*)");
    private static final Pattern MAP = Pattern.compile("map '([^']+)': failed to create: (.*)");

    private LoadFailure() {}

    static BpfException of(String object, int errno, String log) {
        Matcher program = PROGRAM.matcher(log);
        if (program.find()) {
            String subject = object + ": program " + program.group(1);
            String reason = VerifierLog.reason(log);
            if (!reason.isEmpty()) {
                return new BpfException(
                        subject + " was refused by the verifier: " + reason
                                + "; change the probe, the whole log shows the way there",
                        log);
            }
            return new BpfException(subject + " could not be loaded: " + program.group(2) + "; " + advice(errno), log);
        }
        Matcher map = MAP.matcher(log);
        if (map.find()) {
            return new BpfException(
                    object + ": map " + map.group(1) + " could not be created: " + map.group(2) + "; " + advice(errno),
                    log);
        }
        return new BpfException(object + ": load: " + lastLine(log, errno) + "; " + advice(errno), log);
    }

    private static String advice(int errno) {
        return Errno.advice(errno, "the kernel may be too old for this probe, or its limits too low");
    }

    /** The first thing libbpf complained of, the rest being consequences; else the bare error number. */
    static String lastLine(String log, int errno) {
        List<String> lines = log.lines()
                .map(line -> line.startsWith("libbpf: ") ? line.substring(8) : line)
                .filter(line -> !line.isBlank() && !line.startsWith("failed to load object"))
                .toList();
        return lines.isEmpty() ? Errno.text(errno) : lines.get(lines.size() - 1);
    }
}
