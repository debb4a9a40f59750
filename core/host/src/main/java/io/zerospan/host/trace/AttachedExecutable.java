package io.zerospan.host.trace;

import io.zerospan.gobinary.GoBinary;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.HeldFile;
import io.zerospan.libbpf.Uprobes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executable with our probes in it, the file that is held as long as they are, and the processes known to run it. Once
 * a process had to be left out, processes are attached one by one until the executable is given up.
 */
final class AttachedExecutable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedExecutable.class);

    private final ExecutableTracer tracer;
    private final GoBinary binary;
    private final HeldFile file;
    private final Reach probes;
    private final @Nullable Reach sdkProbe;
    /** Processes that were looked at; forked ones may be missing. */
    private final Set<Integer> pids = new HashSet<>();

    private boolean choosy;

    /** @param sdkProbe null where no SDK is linked */
    AttachedExecutable(
            ExecutableTracer tracer, GoBinary binary, HeldFile file, Reach probes, @Nullable Reach sdkProbe) {
        this.tracer = tracer;
        this.binary = binary;
        this.file = file;
        this.probes = probes;
        this.sdkProbe = sdkProbe;
    }

    ExecutableTracer tracer() {
        return tracer;
    }

    GoBinary binary() {
        return binary;
    }

    /** Puts loaded probes in place of a receiver's: first those out, so that no call is seen by both. */
    void exchange(String receiver, List<LoadedProbe> fresh, Uprobes uprobes, Runnable readAll) {
        List<LoadedProbe> old = tracer.of(receiver);
        probes.leave(link -> old.stream().anyMatch(probe -> probe.owns(link)));
        readAll.run();
        tracer.remove(old);
        old.forEach(LoadedProbe::close);
        try {
            probes.join(tracer.programs(uprobes, file.path(), () -> fresh));
            tracer.add(fresh);
        } catch (BpfException e) {
            LOG.error(
                    "receiver {} gives no spans of {}: {}",
                    receiver,
                    tracer.executable().path(),
                    e.getMessage());
            fresh.forEach(LoadedProbe::close);
        }
    }

    /** Takes a probe out of all processes, and of those to come, until {@link #takeBack}. */
    void takeOut(LoadedProbe probe) {
        tracer.setOut(probe, true);
        probes.leave(probe::owns);
    }

    void takeBack(LoadedProbe probe, Uprobes uprobes) throws BpfException {
        probes.join(tracer.programs(uprobes, file.path(), () -> List.of(probe)));
        tracer.setOut(probe, false);
    }

    String goVersion() {
        return binary.goVersion();
    }

    /** Gives back the memory of what was read to attach it. */
    void forgetPages() {
        binary.forgetPages();
    }

    HeldFile file() {
        return file;
    }

    boolean everyProcess() {
        return probes.everyProcess() || (sdkProbe != null && sdkProbe.everyProcess());
    }

    /** Traces every process of the file, later ones from their first instruction, if none had to be left out so far. */
    void traceAll() throws BpfException {
        if (!choosy) {
            probes.extendToAll();
            if (sdkProbe != null) {
                sdkProbe.extendToAll();
            }
        }
    }

    void started(int pid) {
        pids.add(pid);
    }

    void trace(int pid) throws BpfException {
        probes.extendTo(pid);
    }

    void watchSdk(int pid) throws BpfException {
        if (sdkProbe != null) {
            sdkProbe.extendTo(pid);
        }
    }

    /** @param others all that shall be traced */
    void untrace(int pid, Supplier<Collection<Integer>> others) throws BpfException {
        choosy = true;
        leaveOut(pid, probes, others);
    }

    /** What the SDK's probe had to tell of a process is told. */
    void unwatchSdk(int pid, Supplier<Collection<Integer>> others) throws BpfException {
        if (sdkProbe != null) {
            leaveOut(pid, sdkProbe, others);
        }
    }

    private static void leaveOut(int pid, Reach reach, Supplier<Collection<Integer>> others) throws BpfException {
        if (reach.everyProcess()) {
            reach.narrowTo(others.get());
        } else {
            reach.withdrawFrom(pid);
        }
    }

    boolean knows(int pid) {
        return pids.contains(pid);
    }

    /** True if no process is known any more that runs it. */
    boolean ended(int pid) {
        probes.ended(pid);
        if (sdkProbe != null) {
            sdkProbe.ended(pid);
        }
        return pids.remove(pid) && pids.isEmpty();
    }

    /** Those known to run it, to look whether they still do. */
    Set<Integer> pids() {
        return Set.copyOf(pids);
    }

    boolean idle() {
        return pids.isEmpty();
    }

    /** Without a lease nobody tells before the file is written, and a deleted one is never run again. */
    boolean uselessWhenIdle() {
        return !file.leased() || deleted();
    }

    boolean deleted() {
        try {
            return (Integer) Files.getAttribute(file.path(), "unix:nlink") == 0;
        } catch (IOException e) {
            LOG.debug("links of {}: {}", tracer.executable().path(), e.getMessage());
            return true;
        }
    }

    /** Silent first, then out: detaching may take its time. */
    CompletableFuture<Void> detach() {
        tracer.disarm();
        CompletableFuture<Void> out = probes.detach();
        return sdkProbe == null ? out : CompletableFuture.allOf(out, sdkProbe.detach());
    }

    @Override
    public void close() {
        detach().join();
        tracer.close();
        binary.close();
        file.close();
    }
}
