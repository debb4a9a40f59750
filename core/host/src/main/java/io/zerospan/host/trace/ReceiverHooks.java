package io.zerospan.host.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions that the probes of one receiver ask for, in the order of their sources.
 *
 * @param receiver its type, or its id in a configuration
 * @param problems what is wrong with its configuration in the light of the binary
 */
public record ReceiverHooks(String receiver, List<Use> uses, List<String> problems) {
    /**
     * One function.
     *
     * @param starts a program is attached where it begins
     * @param ends a program is attached where it returns
     */
    public record Use(String symbol, boolean starts, boolean ends) {
        private Use and(Use other) {
            return new Use(symbol, starts || other.starts, ends || other.ends);
        }
    }

    public ReceiverHooks {
        uses = List.copyOf(uses);
        problems = List.copyOf(problems);
    }

    public ReceiverHooks(String receiver, List<Use> uses) {
        this(receiver, uses, List.of());
    }

    /** Collects what several programs want of the same functions. */
    static final class Collector {
        private final Map<String, Use> uses = new LinkedHashMap<>();

        void add(String symbol, ProbeDeclarations.Point point) {
            boolean end = point == ProbeDeclarations.Point.RETURN;
            uses.merge(symbol, new Use(symbol, !end, end), Use::and);
        }

        private final List<String> problems = new ArrayList<>();

        /** A planned function gets spans: a program at its start and one at its ends. */
        void addPlanned(String symbol) {
            uses.put(symbol, new Use(symbol, true, true));
        }

        void problem(String problem) {
            problems.add(problem);
        }

        ReceiverHooks of(String receiver) {
            return new ReceiverHooks(receiver, new ArrayList<>(uses.values()), problems);
        }
    }
}
