package io.zerospan.host.trace;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code targets} section: which processes are traced. Without a rule: every Go process but our own. */
final class Targets {
    private record Matcher(TargetRule rule, Optional<PathMatcher> exe) {
        boolean matches(String path) {
            return exe.isEmpty() || exe.get().matches(Path.of(path));
        }
    }

    private static final TargetRule EVERYTHING = new TargetRule(null, null, null);

    /** Globs that leave nothing out: they choose a treatment, not a program. */
    private static final Set<String> EVERY_FILE = Set.of("**", "/**");

    private final List<Matcher> matchers = new ArrayList<>();
    private final boolean explicit;

    Targets(List<TargetRule> rules) {
        explicit = rules.stream().anyMatch(Targets::names);
        for (TargetRule rule : rules.isEmpty() ? List.of(EVERYTHING) : rules) {
            matchers.add(new Matcher(
                    rule,
                    Optional.ofNullable(rule.exe())
                            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))));
        }
    }

    private static boolean names(TargetRule rule) {
        return rule.pid() != null || (rule.exe() != null && !EVERY_FILE.contains(rule.exe()));
    }

    /** Whether the user named targets: then one that can't be traced deserves a warning. */
    boolean explicit() {
        return explicit;
    }

    /** The first rule that the process matches. */
    Optional<TargetRule> rule(int pid, String exe) {
        return matchers.stream()
                .filter(matcher -> matcher.rule.pid() == null || matcher.rule.pid() == pid)
                .filter(matcher -> matcher.matches(exe))
                .map(Matcher::rule)
                .findFirst();
    }

    /** Whether every process of the executable is chosen, whatever its pid. */
    boolean everyProcess(String exe) {
        return matchers.stream().anyMatch(matcher -> matcher.rule.pid() == null && matcher.matches(exe));
    }
}
