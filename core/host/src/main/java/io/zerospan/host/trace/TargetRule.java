package io.zerospan.host.trace;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code targets}: which processes to trace. All that is set must match.
 *
 * @param exe glob over the path of the executable, where {@code **} crosses folders
 * @param pid one process
 * @param serviceName {@code service.name} of what matches
 * @param instrumented what becomes of a process that makes spans of its own
 * @param maxOverhead the part of its CPU time that the probes may take; {@link #UNBOUNDED} if any
 */
public record TargetRule(
        @Nullable String exe,
        @Nullable Integer pid,
        @Nullable String serviceName,
        Instrumented instrumented,
        double maxOverhead) {

    public static final double UNBOUNDED = Double.POSITIVE_INFINITY;

    private static final String GLOB_CHARACTERS = "*?[]{}\\";

    public TargetRule(@Nullable String exe, @Nullable Integer pid, @Nullable String serviceName) {
        this(exe, pid, serviceName, Instrumented.SKIP);
    }

    public TargetRule(
            @Nullable String exe, @Nullable Integer pid, @Nullable String serviceName, Instrumented instrumented) {
        this(exe, pid, serviceName, instrumented, UNBOUNDED);
    }

    /** The same with a bound of what the probes may cost. */
    public TargetRule maxOverhead(double share) {
        return new TargetRule(exe, pid, serviceName, instrumented, share);
    }

    /** The same for processes that make spans of their own too. */
    public TargetRule instrumented(Instrumented treatment) {
        return new TargetRule(exe, pid, serviceName, treatment, maxOverhead);
    }

    /** Every process of one file, whatever characters its path has. */
    public static TargetRule exactly(Path file) {
        StringBuilder glob = new StringBuilder();
        for (char c : file.toString().toCharArray()) {
            if (GLOB_CHARACTERS.indexOf(c) >= 0) {
                glob.append('\\');
            }
            glob.append(c);
        }
        return new TargetRule(glob.toString(), null, null);
    }

    /** The path, where the glob is one and matches nothing else. */
    Optional<String> path() {
        if (exe == null) {
            return Optional.empty();
        }
        StringBuilder path = new StringBuilder();
        for (int at = 0; at < exe.length(); at++) {
            char c = exe.charAt(at);
            if (c == '\\' && at + 1 < exe.length()) {
                at++;
                c = exe.charAt(at);
            } else if (GLOB_CHARACTERS.indexOf(c) >= 0) {
                return Optional.empty();
            }
            path.append(c);
        }
        return Optional.of(path.toString());
    }
}
