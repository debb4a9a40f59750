package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.libbpf.BpfException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the Go programs to trace and has each attached once. Used by one thread at a time. */
final class Discovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    /** Executables remembered as not to be traced; when full, the oldest knowledge is thrown away and looked up anew. */
    private static final int MOST_REMEMBERED = 16_384;

    private final Targets targets;
    private final ProcessTable processes;
    private final ProbeLoader loader;
    private final Map<ExecutableId, ExecutableTracer> tracers = new HashMap<>();
    private final Set<ExecutableId> nothingToTrace = new HashSet<>();
    /** Executables of which only these processes are traced. */
    private final Map<ExecutableId, Set<Integer>> single = new HashMap<>();

    private boolean armed;

    Discovery(Targets targets, ProcessTable processes, ProbeLoader loader) {
        this.targets = targets;
        this.processes = processes;
        this.loader = loader;
    }

    /** Looks at a process: attaches its executable if it is a target and not attached yet. */
    void look(int pid) {
        try {
            String path = ProcFs.exePath(pid);
            Optional<TargetRule> rule = targets.rule(pid, path);
            if (rule.isPresent()) {
                trace(pid, path, rule.get());
            }
        } catch (IOException e) {
            LOG.trace("pid {} is a kernel thread or gone: {}", pid, e.getMessage());
        } catch (GoBinaryException e) {
            if (targets.explicit()) {
                LOG.warn("target pid {}: {}", pid, e.getMessage());
            } else {
                LOG.debug("pid {}: {}", pid, e.getMessage());
            }
        } catch (BpfException | ComponentException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    void gone(int pid) {
        processes.ended(pid);
        single.values().forEach(pids -> pids.remove(pid));
    }

    /** Like {@link #look}, for a process that the user named: what is wrong with it is the user's answer. */
    void require(int pid, TargetRule rule) throws ComponentException {
        String path = null;
        try {
            path = ProcFs.exePath(pid);
            trace(pid, path, rule);
        } catch (IOException e) {
            throw new ComponentException(
                    path == null
                            ? "target pid " + pid + ": no such process, or one that can't be looked into"
                            : "attach to " + path + " (pid " + pid + "): the process has ended");
        } catch (GoBinaryException e) {
            throw new ComponentException("target pid " + pid + ": " + e.getMessage(), e);
        } catch (BpfException e) {
            throw new ComponentException("attach to " + path + " (pid " + pid + "): " + e.getMessage(), e);
        }
    }

    private void trace(int pid, String path, TargetRule rule)
            throws IOException, GoBinaryException, BpfException, ComponentException {
        Path file = ProcFs.exe(pid);
        ExecutableId id = ExecutableId.of(file);
        if (nothingToTrace.contains(id)) {
            return;
        }
        ExecutableTracer tracer = tracers.get(id);
        if (tracer == null) {
            tracer = load(id, file, path);
            if (tracer == null) {
                return;
            }
            tracers.put(id, tracer);
            if (rule.pid() == null) {
                attach(tracer, file, pid, ExecutableTracer.EVERY_PROCESS);
            }
        }
        if (rule.pid() != null
                && single.computeIfAbsent(id, key -> new HashSet<>()).add(pid)) {
            attach(tracer, file, pid, pid);
        }
        processes.started(pid, tracer.executable());
    }

    private @Nullable ExecutableTracer load(ExecutableId id, Path file, String path)
            throws GoBinaryException, ComponentException {
        Optional<ExecutableTracer> loaded = Optional.empty();
        try {
            GoBinary binary = GoBinary.read(readable(file, path, id));
            loaded = loader.load(id, path, binary);
        } finally {
            if (loaded.isEmpty()) {
                if (nothingToTrace.size() >= MOST_REMEMBERED) {
                    nothingToTrace.clear();
                }
                nothingToTrace.add(id);
            }
        }
        return loaded.orElse(null);
    }

    /** The path that messages should name, where it leads to the same file from here. */
    private static Path readable(Path file, String path, ExecutableId id) {
        try {
            Path real = Path.of(path);
            return ExecutableId.of(real).equals(id) ? real : file;
        } catch (IOException elsewhere) {
            return file;
        }
    }

    private void attach(ExecutableTracer tracer, Path file, int pid, int filter) throws BpfException {
        long begin = System.nanoTime();
        int sites = loader.attach(tracer, file, filter);
        if (armed) {
            tracer.arm();
        }
        LOG.info(
                "attached to {} (pid {}, {}): {} programs at {} sites in {} ms",
                tracer.executable().path(),
                pid,
                tracer.executable().goVersion(),
                tracer.programs(),
                sites,
                (System.nanoTime() - begin) / 1_000_000);
    }

    /** Lets all probes begin: those attached so far at the same moment, so that no tree is seen by halves, later ones at once. */
    void arm() throws BpfException {
        armed = true;
        for (ExecutableTracer tracer : tracers.values()) {
            tracer.arm();
        }
    }

    int programs() {
        return tracers.values().stream().mapToInt(ExecutableTracer::programs).sum();
    }

    @Override
    public void close() {
        tracers.values().forEach(ExecutableTracer::close);
        tracers.clear();
    }
}
