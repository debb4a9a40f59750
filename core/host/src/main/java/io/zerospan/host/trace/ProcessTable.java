package io.zerospan.host.trace;

import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** The processes whose spans have come or may come. A process that nobody announced is looked up when its first span comes. */
final class ProcessTable {
    /** A start time that no record has told yet. */
    private static final long UNKNOWN = 0;

    private record Process(Executable executable, long startNanos, Resource resource) {}

    private final ProcessResource resources;
    private final Targets targets;
    private final IntConsumer note;
    private final Map<Integer, Process> processes = new ConcurrentHashMap<>();

    /** @param note has the kernel tell of the end of each process that comes in here */
    ProcessTable(ProcessResource resources, Targets targets, IntConsumer note) {
        this.resources = resources;
        this.targets = targets;
        this.note = note;
    }

    void started(int pid, Executable executable) {
        processes.put(pid, new Process(executable, UNKNOWN, describe(pid, executable)));
    }

    void ended(int pid) {
        processes.remove(pid);
    }

    boolean knows(int pid) {
        return processes.containsKey(pid);
    }

    /** The resource of the process that a record came from; its start time tells it from others that had the pid. */
    Resource resource(int pid, long startNanos, Executable executable) {
        Process process = processes.get(pid);
        if (process == null || !isOf(process, executable) || isAnother(process, startNanos)) {
            process = new Process(executable, startNanos, describe(pid, executable));
            processes.put(pid, process);
        } else if (process.startNanos == UNKNOWN) {
            processes.put(pid, new Process(executable, startNanos, process.resource));
        }
        return process.resource;
    }

    /** For each span: nearly always it is the same object, and the rest need not be compared. */
    private static boolean isOf(Process process, Executable executable) {
        return process.executable == executable || process.executable.equals(executable);
    }

    private static boolean isAnother(Process process, long startNanos) {
        return process.startNanos != UNKNOWN && process.startNanos != startNanos;
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
