package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.BpfException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executables that have our probes in them. Probes stay in a file when no process runs it, so that the next one is
 * traced from its first request; but not in one that is written, deleted, or that nobody protects from being written.
 */
final class AttachedExecutables implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedExecutables.class);

    /** Executables kept attached that nobody runs: each holds about 30 file descriptors. */
    private static final int MOST_IDLE = 64;

    private static final long CLOSE_SECONDS = 4;

    private final ProbeLoader loader;
    private final Map<ExecutableId, AttachedExecutable> byId = new LinkedHashMap<>();

    AttachedExecutables(ProbeLoader loader) {
        this.loader = loader;
    }

    List<AttachedExecutable> all() {
        return List.copyOf(byId.values());
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Also if the file's times have changed, as long as a process shows by running it that nobody has written it. */
    @Nullable AttachedExecutable get(ExecutableId id) {
        AttachedExecutable exact = byId.get(id);
        if (exact != null) {
            return exact;
        }
        return byId.entrySet().stream()
                .filter(entry -> entry.getKey().sameFile(id)
                        && entry.getValue().pids().stream().anyMatch(pid -> RunningProcesses.runs(pid, entry.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    void put(ExecutableId id, AttachedExecutable executable) {
        byId.put(id, executable);
        releaseTooManyIdle();
    }

    private void releaseTooManyIdle() {
        List<ExecutableId> idle = byId.entrySet().stream()
                .filter(entry -> entry.getValue().idle())
                .map(Map.Entry::getKey)
                .toList();
        for (int i = 0; i < idle.size() - MOST_IDLE; i++) {
            releaseUnlessRunning(idle.get(i));
        }
    }

    /** Before a file's new content is attached, the probes that were made for its old one must go. */
    void replace(ExecutableId id) {
        for (ExecutableId other : List.copyOf(byId.keySet())) {
            if (other.sameFile(id) && !other.equals(id)) {
                release(other);
            }
        }
    }

    void ended(int pid) {
        for (ExecutableId id : List.copyOf(byId.keySet())) {
            ended(pid, id);
        }
    }

    /** A process that ran one of them has begun something: another program, or what the file holds now. */
    void begunBy(int pid) {
        leftBy(pid, RunningProcesses::runsUnchanged);
    }

    /** A process that ran one of them may run something else now, or nothing: true if so. */
    boolean leftBy(int pid) {
        return leftBy(pid, RunningProcesses::runs);
    }

    private boolean leftBy(int pid, BiPredicate<Integer, ExecutableId> stays) {
        boolean left = false;
        for (Map.Entry<ExecutableId, AttachedExecutable> entry : List.copyOf(byId.entrySet())) {
            if (entry.getValue().knows(pid) && !stays.test(pid, entry.getKey())) {
                ended(pid, entry.getKey());
                left = true;
            }
        }
        return left;
    }

    /** All processes known to run one of them. */
    Set<Integer> pids() {
        return byId.values().stream()
                .flatMap(executable -> executable.pids().stream())
                .collect(Collectors.toSet());
    }

    /** Gives up what nobody runs and nobody can run: a file may be deleted long after its last process has ended. */
    void sweep() {
        for (Map.Entry<ExecutableId, AttachedExecutable> entry : List.copyOf(byId.entrySet())) {
            if (entry.getValue().idle() && entry.getValue().deleted()) {
                releaseUnlessRunning(entry.getKey());
            }
        }
        releaseTooManyIdle();
    }

    private void ended(int pid, ExecutableId id) {
        AttachedExecutable executable = byId.get(id);
        if (executable != null && executable.ended(pid) && executable.uselessWhenIdle()) {
            releaseUnlessRunning(id);
        }
    }

    void giveWay() {
        for (Map.Entry<ExecutableId, AttachedExecutable> entry : List.copyOf(byId.entrySet())) {
            if (entry.getValue().file().wanted()) {
                LOG.info("{} is about to be written: its probes are taken out first", path(entry.getValue()));
                release(entry.getKey());
            }
        }
    }

    void arm() throws BpfException {
        for (AttachedExecutable executable : byId.values()) {
            executable.tracer().arm();
        }
    }

    int programs() {
        return byId.values().stream()
                .mapToInt(executable -> executable.tracer().programs())
                .sum();
    }

    /** Gives a receiver other probes, or none; executables in which nothing is left are given up. */
    void exchange(String receiver, List<ProbeSet.Probe> fresh, Runnable readAll)
            throws BpfException, ComponentException {
        loader.exchange(byId.values(), receiver, fresh, readAll);
        for (Map.Entry<ExecutableId, AttachedExecutable> entry : List.copyOf(byId.entrySet())) {
            if (entry.getValue().tracer().isEmpty()) {
                release(entry.getKey());
            }
        }
    }

    /** A process that was forked has not been announced: one look at all of them before its probes go. */
    private void releaseUnlessRunning(ExecutableId id) {
        if (RunningProcesses.of(id).isEmpty()) {
            release(id);
        }
    }

    private void release(ExecutableId id) {
        AttachedExecutable executable = byId.remove(id);
        if (executable != null) {
            LOG.debug("detach from {}", path(executable));
            loader.release(executable);
        }
    }

    private static String path(AttachedExecutable executable) {
        return executable.tracer().executable().path();
    }

    @Override
    public void close() {
        List<AttachedExecutable> all = new ArrayList<>(byId.values());
        byId.clear();
        try {
            CompletableFuture.allOf(all.stream().map(AttachedExecutable::detach).toArray(CompletableFuture[]::new))
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("detaching takes more than {} s; the kernel goes on with it", CLOSE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(AttachedExecutable::close);
    }
}
