package io.zerospan.host.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code /proc/PID/stat} said of a process, see proc_pid_stat(5).
 *
 * @param fields from the state on, which is behind the program's name in parentheses: that may hold anything
 */
public record ProcessStat(List<String> fields) {
    /** {@code USER_HZ}: fixed in the kernel's interface on every architecture that Java runs on. */
    public static final int TICKS_PER_SECOND = 100;

    private static final int STATE = 0;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int THREADS = 17;
    private static final int START = 19;

    public static ProcessStat read(Path stat) throws IOException {
        String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
        return new ProcessStat(
                List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ")));
    }

    /** True of one that has ended and waits for its parent. A first thread that has ended leaves the others running. */
    public boolean ended() {
        String state = fields.get(STATE);
        return state.equals("X") || state.equals("Z") && fields.get(THREADS).equals("1");
    }

    /** When it began, in ticks since the machine's start. */
    public String start() {
        return fields.get(START);
    }

    /** CPU time of all its threads, ended ones included. */
    long cpuTicks() {
        return Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME));
    }
}
