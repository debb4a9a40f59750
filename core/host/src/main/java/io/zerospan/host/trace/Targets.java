package io.zerospan.host.trace;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code targets} section: which processes are traced. Without a rule: every Go process but our own. */
final class Targets {
    private record Matcher(TargetRule rule, Optional<PathMatcher> exe) {}

    private static final TargetRule EVERYTHING = new TargetRule(null, null, null);

    private final List<Matcher> matchers = new ArrayList<>();
    private final boolean explicit;

    Targets(List<TargetRule> rules) {
        explicit = !rules.isEmpty();
        for (TargetRule rule : explicit ? rules : List.of(EVERYTHING)) {
            matchers.add(new Matcher(
                    rule,
                    Optional.ofNullable(rule.exe())
                            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))));
        }
    }

    /** Whether the user named targets: then one that can't be traced deserves a warning. */
    boolean explicit() {
        return explicit;
    }

    /** The first rule that the process matches. */
    Optional<TargetRule> rule(int pid, String exe) {
        return matchers.stream()
                .filter(matcher -> matcher.rule.pid() == null || matcher.rule.pid() == pid)
                .filter(matcher -> matcher.exe.isEmpty() || matcher.exe.get().matches(Path.of(exe)))
                .map(Matcher::rule)
                .findFirst();
    }
}
