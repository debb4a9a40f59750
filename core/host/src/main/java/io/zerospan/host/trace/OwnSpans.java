package io.zerospan.host.trace;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that make spans of their own, and what is done about each. Told by the ring thread in the order of its
 * records: so a span of ours that ends after a process was found is known to be one too many.
 */
final class OwnSpans {
    private static final Logger LOG = LoggerFactory.getLogger(OwnSpans.class);

    private final Targets targets;
    private final IntConsumer note;
    private final Map<Integer, Instrumented> processes = new ConcurrentHashMap<>();

    /** @param note has the kernel tell of the end of each process that comes in here */
    OwnSpans(Targets targets, IntConsumer note) {
        this.targets = targets;
        this.note = note;
    }

    void found(int pid) {
        try {
            String path = ProcFs.exePath(pid);
            targets.rule(pid, path).ifPresent(rule -> {
                note.accept(pid);
                processes.put(pid, rule.instrumented());
            });
        } catch (IOException e) {
            LOG.trace("pid {} has ended: {}", pid, e.getMessage());
        }
    }

    /** The process has ended or runs another program. */
    void forget(int pid) {
        processes.remove(pid);
    }

    Optional<Instrumented> of(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    boolean skipped(int pid) {
        return !processes.isEmpty() && processes.get(pid) == Instrumented.SKIP;
    }

    long count(Instrumented treatment) {
        return processes.values().stream().filter(treatment::equals).count();
    }
}
