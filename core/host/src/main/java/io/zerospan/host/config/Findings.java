package io.zerospan.host.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What reading the configuration brought to light: errors, warnings, and which values are secret. */
public final class Findings {
    /** A file full of mistakes is told to fix the first hundred; more would only scroll them away. */
    static final int MAX_ERRORS = 100;

    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final List<String> sources = new ArrayList<>();
    private final Set<Node> secrets = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Fixes the order in which errors of several sources are printed. */
    void source(String name) {
        sources.add(name);
    }

    public void error(Place place, String path, String text) {
        errors.add(new Problem(place, path, text));
    }

    public void warning(Place place, String path, String text) {
        warnings.add(new Problem(place, path, text).toString());
    }

    void secret(Node node) {
        secrets.add(node);
    }

    boolean isSecret(Node node) {
        return secrets.contains(node);
    }

    public int errorCount() {
        return errors.size();
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Throws all errors at once, in the order in which they stand in the sources. */
    public void throwErrors() throws ConfigException {
        if (errors.isEmpty()) {
            return;
        }
        List<Problem> sorted = new ArrayList<>(errors);
        sorted.sort(Comparator.<Problem>comparingInt(
                        problem -> sources.indexOf(problem.place().source()))
                .thenComparingInt(problem -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()));
        throw new ConfigException(sorted.subList(0, Math.min(sorted.size(), MAX_ERRORS)));
    }
}
