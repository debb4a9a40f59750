package io.zerospan.host.trace;

import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** The processes whose spans have come or may come. A process that nobody announced is looked up when its first span comes. */
final class ProcessTable {
    /** A start time that no record has told yet. */
    private static final long UNKNOWN = 0;

    /** Former processes of which late records may come: those of the last seconds, on any machine. */
    private static final int MOST_FORMER = 1024;

    private record Process(Executable executable, long startNanos, Resource resource) {}

    private record Life(int pid, long startNanos) {}

    private final ProcessResource resources;
    private final Targets targets;
    private final IntConsumer note;
    private final PidHolder.Lookup holders;
    private final Map<Integer, Process> processes = new ConcurrentHashMap<>();
    private final Map<Life, Process> former = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Life, Process> eldest) {
            return size() > MOST_FORMER;
        }
    });

    /** @param note has the kernel tell of the end of each process that comes in here */
    ProcessTable(ProcessResource resources, Targets targets, IntConsumer note, PidHolder.Lookup holders) {
        this.resources = resources;
        this.targets = targets;
        this.note = note;
        this.holders = holders;
    }

    /** A process begins a program: what was known of its pid is a former one's, unless records have told this start. */
    void began(int pid, long startNanos) {
        Process process = processes.get(pid);
        if (process != null && process.startNanos != startNanos) {
            ended(pid);
        }
    }

    /** Tells when the process that {@link #started} began, before any record does. */
    void beganAt(int pid, long startNanos) {
        processes.computeIfPresent(
                pid,
                (same, process) -> process.startNanos == UNKNOWN
                        ? new Process(process.executable, startNanos, process.resource)
                        : process);
    }

    void started(int pid, Executable executable) {
        Process process = processes.get(pid);
        if (process == null
                || !isOf(process, executable)
                || process.startNanos == UNKNOWN
                || holders.of(pid, process.startNanos) != PidHolder.ITSELF) {
            ended(pid);
            processes.put(pid, new Process(executable, UNKNOWN, describe(pid, executable)));
        }
    }

    void ended(int pid) {
        Process process = processes.remove(pid);
        if (process != null && process.startNanos != UNKNOWN) {
            former.put(new Life(pid, process.startNanos), process);
        }
    }

    boolean knows(int pid) {
        return processes.containsKey(pid);
    }

    /**
     * The resource of the process that a record came from; its start time tells it from others that had the pid. What a
     * process left open may be told after the next one has the pid: nothing of that one is told of it.
     */
    Resource resource(int pid, long startNanos, Executable executable) {
        Process process = processes.get(pid);
        if (process != null && process.startNanos == startNanos && isOf(process, executable)) {
            return process.resource;
        }
        Process late = former.get(new Life(pid, startNanos));
        if (late != null && isOf(late, executable)) {
            return late.resource;
        }
        PidHolder holder = holders.of(pid, startNanos);
        if (process != null
                && process.startNanos == UNKNOWN
                && holder != PidHolder.ANOTHER
                && isOf(process, executable)) {
            processes.put(pid, new Process(executable, startNanos, process.resource));
            return process.resource;
        }
        if (holder != PidHolder.ITSELF || (process != null && startNanos < process.startNanos)) {
            String name = targets.rule(pid, executable.path())
                    .map(TargetRule::serviceName)
                    .orElse(null);
            late = new Process(executable, startNanos, resources.ofFormer(pid, startNanos, executable, name));
            former.put(new Life(pid, startNanos), late);
            return late.resource;
        }
        ended(pid);
        Process found = new Process(executable, startNanos, describe(pid, executable));
        processes.put(pid, found);
        return found.resource;
    }

    /** For each span: nearly always it is the same object, and the rest need not be compared. */
    private static boolean isOf(Process process, Executable executable) {
        return process.executable == executable || process.executable.equals(executable);
    }

    private Resource describe(int pid, Executable executable) {
        Executable own = executable.at(path(pid).orElse(executable.path()));
        String name = targets.rule(pid, own.path()).map(TargetRule::serviceName).orElse(null);
        note.accept(pid);
        return resources.of(pid, own, name);
    }

    /** One file may have several names: links, or mounts of it in several containers. */
    private static Optional<String> path(int pid) {
        try {
            return Optional.of(ProcFs.exePath(pid));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    Set<Integer> pids() {
        return Set.copyOf(processes.keySet());
    }

    int size() {
        return processes.size();
    }
}
