package io.zerospan.host.trace;

import io.zerospan.gobinary.GoBinary;
import io.zerospan.libbpf.HeldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executable with our probes in it, the file that is held as long as they are, and the processes known to run it. */
final class AttachedExecutable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedExecutable.class);

    private final ExecutableTracer tracer;
    private final GoBinary binary;
    private final HeldFile file;
    /** Processes that were looked at; forked ones may be missing. */
    private final Set<Integer> pids = new HashSet<>();
    /** Processes that are attached one by one. */
    private final Set<Integer> single = new HashSet<>();

    AttachedExecutable(ExecutableTracer tracer, GoBinary binary, HeldFile file) {
        this.tracer = tracer;
        this.binary = binary;
        this.file = file;
    }

    ExecutableTracer tracer() {
        return tracer;
    }

    HeldFile file() {
        return file;
    }

    void started(int pid) {
        pids.add(pid);
    }

    /** True if this process is to be attached by itself and is not yet. */
    boolean attachAlone(int pid) {
        return single.add(pid);
    }

    /** True if no process is known any more that runs it. */
    boolean ended(int pid) {
        single.remove(pid);
        return pids.remove(pid) && pids.isEmpty();
    }

    boolean idle() {
        return pids.isEmpty();
    }

    /** Without a lease nobody tells before the file is written, and a deleted one is never run again. */
    boolean uselessWhenIdle() {
        try {
            return !file.leased() || (Integer) Files.getAttribute(file.path(), "unix:nlink") == 0;
        } catch (IOException e) {
            LOG.debug("links of {}: {}", tracer.executable().path(), e.getMessage());
            return true;
        }
    }

    @Override
    public void close() {
        tracer.close();
        binary.close();
        file.close();
    }
}
