package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.libbpf.BpfException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the Go programs to trace and has each attached once. Used by one thread at a time. */
final class Discovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    /** Executables remembered as not to be traced; when full, all that is forgotten and looked up anew. */
    private static final int MOST_REMEMBERED = 16_384;

    private final Targets targets;
    private final ProcessTable processes;
    private final ProbeLoader loader;
    private final OwnSpans ownSpans;
    private final TracedProcesses followers;
    private final AttachedExecutables attached;
    private final Set<ExecutableId> nothingToTrace = new HashSet<>();
    /** Processes that had no program any more when they were looked at, and when that was. */
    private final Map<Integer, Long> seenGone = new HashMap<>();

    private boolean armed;

    Discovery(
            Targets targets, ProcessTable processes, ProbeLoader loader, OwnSpans ownSpans, TracedProcesses followers) {
        this.targets = targets;
        this.processes = processes;
        this.loader = loader;
        this.ownSpans = ownSpans;
        this.followers = followers;
        this.attached = new AttachedExecutables(loader);
    }

    /** Looks at a process: it has our probes afterwards if it is a target, and none if it is not. */
    void look(int pid) {
        long before = System.nanoTime(); // as the kernel counts the starts of processes
        try {
            String path = ProcFs.exePath(pid);
            Optional<TargetRule> rule = targets.rule(pid, path);
            if (rule.isPresent()) {
                trace(pid, path);
                noteIfGone(pid);
            } else if (targets.explicit()) {
                leaveOut(pid);
            }
        } catch (IOException e) {
            LOG.trace("pid {} is a kernel thread or gone: {}", pid, e.getMessage());
            seenGone.putIfAbsent(pid, before);
        } catch (GoBinaryException e) {
            if (targets.explicit()) {
                LOG.warn("target pid {}: {}", pid, e.getMessage());
            } else {
                LOG.debug("pid {}: {}", pid, e.getMessage());
            }
        } catch (BpfException | ComponentException e) {
            LOG.warn("{}", e.getMessage());
        } catch (InvalidPathException e) {
            LOG.warn("pid {}: this locale can't name its executable; start zerospan with LC_ALL=C.UTF-8", pid);
        }
    }

    /** Whether spans of this process, or of one that had its pid, may have come. */
    boolean knows(int pid) {
        return processes.knows(pid) || seenGone.containsKey(pid);
    }

    /** A process begins another program, or the same one anew. */
    void began(int pid, long startNanos) {
        seenGone.remove(pid);
        attached.begunBy(pid);
        processes.began(pid, startNanos);
        look(pid);
        processes.beganAt(pid, startNanos);
    }

    /** Looks at every process there is. */
    void lookAtAll() throws IOException {
        for (int pid : ProcFs.pids()) {
            look(pid);
        }
    }

    /** A process makes spans of its own: does with it what its rule says, and tells. True if it is no longer traced. */
    boolean ownSpans(int pid) {
        look(pid);
        Optional<Instrumented> treatment = ownSpans.of(pid);
        treatment.ifPresent(what -> SdkNotice.log(pid, what));
        return treatment.equals(Optional.of(Instrumented.SKIP));
    }

    void gone(int pid) {
        seenGone.remove(pid);
        followers.ended(pid);
        processes.ended(pid);
        attached.ended(pid);
    }

    /** Gives up what no news told of: a process that ended while its file was attached, a file deleted since. */
    void sweep() {
        for (int pid : attached.pids()) {
            if (attached.leftBy(pid)) {
                look(pid); // it may be a target still, with another program
            }
        }
        processes.pids().forEach(this::noteIfGone);
        attached.sweep();
    }

    /**
     * Processes that were about to end when they were looked at, or had, and when that was. News of their end may have been
     * lost, or have come to nobody: the kernel tells them of processes that are known here.
     */
    Map<Integer, Long> takeSeenGone() {
        Map<Integer, Long> taken = Map.copyOf(seenGone);
        seenGone.clear();
        return taken;
    }

    private void noteIfGone(int pid) {
        long before = System.nanoTime();
        if (Files.notExists(ProcFs.exe(pid))) {
            seenGone.putIfAbsent(pid, before);
        }
    }

    /** Those with our probes. */
    List<AttachedExecutable> executables() {
        return attached.all();
    }

    /** The part of its CPU time that an executable's probes may take: the smallest that a process of it has a rule for. */
    double bound(AttachedExecutable executable) {
        String path = executable.tracer().executable().path();
        return executable.pids().stream()
                .flatMap(pid -> targets.rule(pid, path).stream())
                .mapToDouble(TargetRule::maxOverhead)
                .min()
                .orElse(TargetRule.UNBOUNDED);
    }

    /** Attaches a probe again that was taken out, wherever the others are. */
    void takeBack(AttachedExecutable executable, LoadedProbe probe) throws BpfException {
        loader.takeBack(executable, probe);
    }

    /** Takes the probes out of files that somebody is about to write. */
    void giveWay() {
        attached.giveWay();
    }

    /** Like {@link #look}, for a process that the user named: what is wrong with it is the user's answer. */
    void require(int pid) throws ComponentException {
        String path = null;
        try {
            path = ProcFs.exePath(pid);
            if (!trace(pid, path)) {
                throw new ComponentException("target pid " + pid + ": the receivers find nothing to trace in " + path
                        + "; 'zerospan inspect " + path + "' shows every hook");
            }
        } catch (IOException e) {
            throw new ComponentException(
                    path == null
                            ? "target pid " + pid + ": "
                                    + (e instanceof AccessDeniedException
                                            ? "this user may not see what it runs"
                                            : "no such process, or one of the kernel's")
                            : "attach to " + path + " (pid " + pid + "): the process has ended");
        } catch (GoBinaryException e) {
            throw new ComponentException("target pid " + pid + ": " + e.getMessage(), e);
        } catch (BpfException e) {
            throw new ComponentException("attach to " + path + " (pid " + pid + "): " + e.getMessage(), e);
        }
    }

    /** Attaches to a file that no process may run yet. */
    void prepare(Path file) throws IOException, GoBinaryException, BpfException, ComponentException {
        ExecutableId id = ExecutableId.of(file);
        AttachedExecutable executable = attached.get(id);
        if (executable != null) {
            executable.traceAll();
        } else if (!nothingToTrace.contains(id) && attach(id, file, file.toString(), Reach.EVERY_PROCESS) == null) {
            LOG.warn("{} has nothing that the receivers trace; 'zerospan inspect {}' shows every hook", file, file);
        }
    }

    /** False if there is nothing to trace in it. */
    private boolean trace(int pid, String path)
            throws IOException, GoBinaryException, BpfException, ComponentException {
        Path file = ProcFs.exe(pid);
        ExecutableId id = ExecutableId.of(file);
        if (nothingToTrace.contains(id)) {
            return false;
        }
        AttachedExecutable executable = attached.get(id);
        if (executable == null) {
            executable = attach(id, file, path, targets.everyProcess(path) ? Reach.EVERY_PROCESS : pid);
            if (executable == null) {
                return false;
            }
        }
        executable.started(pid);
        if (ownSpans.of(pid).isPresent()) {
            executable.unwatchSdk(pid, () -> watched(id));
        } else {
            executable.watchSdk(pid);
        }
        if (ownSpans.skipped(pid)) {
            executable.untrace(pid, () -> traced(id));
            followers.ended(pid);
            processes.ended(pid);
        } else {
            executable.trace(pid);
            followers.began(pid);
            processes.started(pid, executable.tracer().executable());
        }
        return true;
    }

    /** A process that is no target must not pay for others that run the same file by another name. */
    private void leaveOut(int pid) throws IOException, BpfException {
        if (attached.isEmpty()) {
            return;
        }
        ExecutableId id = ExecutableId.of(ProcFs.exe(pid));
        AttachedExecutable executable = attached.get(id);
        if (executable != null && executable.everyProcess()) {
            executable.untrace(pid, () -> traced(id));
            executable.unwatchSdk(pid, () -> watched(id));
        }
    }

    /** The processes that run the file and are to be traced. */
    private List<Integer> traced(ExecutableId id) {
        return RunningProcesses.of(id).stream()
                .filter(pid -> isTarget(pid) && !ownSpans.skipped(pid))
                .toList();
    }

    /** Those of which it is not known yet that they make spans of their own. */
    private List<Integer> watched(ExecutableId id) {
        return RunningProcesses.of(id).stream()
                .filter(pid -> isTarget(pid) && ownSpans.of(pid).isEmpty())
                .toList();
    }

    private boolean isTarget(int pid) {
        try {
            return targets.rule(pid, ProcFs.exePath(pid)).isPresent();
        } catch (IOException ended) {
            return false;
        }
    }

    private @Nullable AttachedExecutable attach(ExecutableId id, Path file, String path, int pid)
            throws GoBinaryException, BpfException, ComponentException {
        attached.replace(id);
        long begin = System.nanoTime();
        AttachedExecutable executable;
        try {
            executable = loader.load(id, file, path).orElse(null);
        } catch (GoBinaryException e) {
            remember(id);
            throw e;
        }
        if (executable == null) {
            remember(id);
            return null;
        }
        try {
            reach(executable, pid);
        } catch (BpfException e) {
            loader.release(executable);
            throw e;
        }
        attached.put(id, executable);
        LOG.info(
                "attached to {} ({}, {}): {} programs at {} sites in {} ms",
                path,
                pid == Reach.EVERY_PROCESS ? "every process" : "pid " + pid,
                executable.goVersion(),
                executable.tracer().programs(),
                executable.tracer().sites(),
                (System.nanoTime() - begin) / 1_000_000);
        return executable;
    }

    private void reach(AttachedExecutable executable, int pid) throws BpfException {
        if (pid == Reach.EVERY_PROCESS) {
            executable.traceAll();
        } else {
            executable.trace(pid);
        }
        if (armed) {
            executable.tracer().arm();
        }
        executable.forgetPages();
    }

    private void remember(ExecutableId id) {
        if (nothingToTrace.size() >= MOST_REMEMBERED) {
            nothingToTrace.clear();
        }
        nothingToTrace.add(id);
    }

    /**
     * Lets all probes begin: those attached so far at the same moment, so that no tree is seen by halves, later ones at
     * once.
     */
    void arm() throws BpfException {
        armed = true;
        attached.arm();
    }

    /** Gives a receiver other probes, or none, in all that runs; the probes of all others stay where they are. */
    void exchange(String receiver, List<ProbeSet.Probe> fresh, Runnable readAll)
            throws BpfException, ComponentException, IOException {
        attached.exchange(receiver, fresh, readAll);
        nothingToTrace.clear(); // the new ones may find something
        lookAtAll();
    }

    int programs() {
        return attached.programs();
    }

    @Override
    public void close() {
        attached.close();
        loader.close();
    }
}
