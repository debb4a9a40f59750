package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.BinaryCache;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.HeldFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
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
    private final AttachedExecutables attached;
    private final BinaryCache binaries = new BinaryCache();
    private final Set<ExecutableId> nothingToTrace = new HashSet<>();

    private boolean armed;

    Discovery(Targets targets, ProcessTable processes, ProbeLoader loader) {
        this.targets = targets;
        this.processes = processes;
        this.loader = loader;
        this.attached = new AttachedExecutables(loader);
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
        } catch (InvalidPathException e) {
            LOG.warn("pid {}: this locale can't name its executable; start zerospan with LC_ALL=C.UTF-8", pid);
        }
    }

    /** Looks at every process there is. */
    void lookAtAll() throws IOException {
        for (int pid : ProcFs.pids()) {
            look(pid);
        }
    }

    void gone(int pid) {
        processes.ended(pid);
        attached.ended(pid);
    }

    /** Takes the probes out of files that somebody is about to write. */
    void giveWay() {
        attached.giveWay();
    }

    /** Like {@link #look}, for a process that the user named: what is wrong with it is the user's answer. */
    void require(int pid, TargetRule rule) throws ComponentException {
        String path = null;
        try {
            path = ProcFs.exePath(pid);
            if (!trace(pid, path, rule)) {
                throw new ComponentException("target pid " + pid + ": the receivers find nothing to trace in " + path
                        + "; 'zerospan inspect " + path + "' shows every hook");
            }
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

    /** Attaches to a file that no process may run yet. */
    void prepare(Path file) throws IOException, GoBinaryException, BpfException, ComponentException {
        ExecutableId id = ExecutableId.of(file);
        if (attached.get(id) == null
                && !nothingToTrace.contains(id)
                && attach(id, file, file.toString(), "every process", ExecutableTracer.EVERY_PROCESS) == null) {
            LOG.warn("{} has nothing that the receivers trace; 'zerospan inspect {}' shows every hook", file, file);
        }
    }

    private boolean trace(int pid, String path, TargetRule rule)
            throws IOException, GoBinaryException, BpfException, ComponentException {
        Path file = ProcFs.exe(pid);
        ExecutableId id = ExecutableId.of(file);
        if (nothingToTrace.contains(id)) {
            return false;
        }
        boolean alone = rule.pid() != null;
        AttachedExecutable executable = attached.get(id);
        if (executable == null) {
            executable = attach(id, file, path, "pid " + pid, alone ? pid : ExecutableTracer.EVERY_PROCESS);
            if (executable == null) {
                return false;
            }
            executable.attachAlone(pid);
        } else if (alone && executable.attachAlone(pid)) {
            loader.attach(executable.tracer(), executable.file().path(), pid);
        }
        executable.started(pid);
        processes.started(pid, executable.tracer().executable());
        return true;
    }

    private @Nullable AttachedExecutable attach(ExecutableId id, Path file, String path, String whom, int filter)
            throws GoBinaryException, BpfException, ComponentException {
        attached.replace(id);
        long begin = System.nanoTime();
        HeldFile held = loader.hold(file);
        GoBinary binary = null;
        Optional<ExecutableTracer> tracer = Optional.empty();
        try {
            binary = binaries.read(readable(held.path(), path, id));
            tracer = loader.load(id, path, binary);
            if (tracer.isEmpty()) {
                remember(id);
                return null;
            }
            int sites = loader.attach(tracer.get(), held.path(), filter);
            if (armed) {
                tracer.get().arm();
            }
            LOG.info(
                    "attached to {} ({}, {}): {} programs at {} sites in {} ms",
                    path,
                    whom,
                    binary.goVersion(),
                    tracer.get().programs(),
                    sites,
                    (System.nanoTime() - begin) / 1_000_000);
            AttachedExecutable executable = new AttachedExecutable(tracer.get(), binary, held);
            attached.put(id, executable);
            binary.forgetPages();
            return executable;
        } catch (GoBinaryException e) {
            remember(id);
            throw e;
        } finally {
            if (attached.get(id) == null) {
                tracer.ifPresent(loader::release);
                if (binary != null) {
                    binary.close();
                }
                held.close();
            }
        }
    }

    private void remember(ExecutableId id) {
        if (nothingToTrace.size() >= MOST_REMEMBERED) {
            nothingToTrace.clear();
        }
        nothingToTrace.add(id);
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

    /**
     * Lets all probes begin: those attached so far at the same moment, so that no tree is seen by halves, later ones at
     * once.
     */
    void arm() throws BpfException {
        armed = true;
        attached.arm();
    }

    int programs() {
        return attached.programs();
    }

    @Override
    public void close() {
        attached.close();
    }
}
