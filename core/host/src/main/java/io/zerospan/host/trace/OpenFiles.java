package io.zerospan.host.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files this process may open. */
public final class OpenFiles {
    /** The host itself has some 100 files open, and each traced executable takes about 30 more. */
    public static final long FEWEST = 256;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LINE = Pattern.compile("(?m)^Max open files\\s+(\\d{1,18})\\s");

    private OpenFiles() {}

    /** The soft limit, which Java has raised to the hard one at its start; no limit where the kernel does not say. */
    public static long limit() {
        try {
            return limit(Files.readString(LIMITS));
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    static long limit(String limits) {
        Matcher line = LINE.matcher(limits);
        return line.find() ? Long.parseLong(line.group(1)) : Long.MAX_VALUE;
    }
}
