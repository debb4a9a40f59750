package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.BinaryCache;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.HeldFile;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.Uprobes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads all receivers' objects, and the host's own, for one executable after the other. */
final class ProbeLoader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeLoader.class);

    private final LibBpf lib;
    private final ProbeFitter fitter;
    private final OffsetsDb db;
    private final BinaryCache binaries = new BinaryCache();
    private final Uprobes uprobes;
    private final SdkProbe sdkProbe;
    private final Detacher detacher = new Detacher();
    private List<ProbeSet.Probe> probes;
    /** Indices in use. */
    private final BitSet executables = new BitSet();

    ProbeLoader(
            LibBpf lib,
            KernelFeatures kernel,
            SharedMaps maps,
            List<ProbeSet.Probe> probes,
            EventSources sources,
            OffsetsDb db) {
        this.lib = lib;
        this.fitter = new ProbeFitter(lib, kernel, maps, sources);
        this.probes = List.copyOf(probes);
        this.db = db;
        this.uprobes = new Uprobes(lib, kernel);
        this.sdkProbe = new SdkProbe(lib, kernel, maps, uprobes);
    }

    /**
     * Makes all ready for an executable; it is attached to no process yet. Empty if there is nothing to trace in it.
     *
     * @param path to call it by
     */
    Optional<AttachedExecutable> load(ExecutableId id, Path file, String path)
            throws GoBinaryException, BpfException, ComponentException {
        HeldFile held = HeldFile.open(lib, file);
        GoBinary binary = null;
        boolean kept = false;
        try {
            binary = binaries.read(readable(held.path(), path, id));
            Optional<ExecutableTracer> tracer = load(id, path, binary);
            if (tracer.isEmpty()) {
                return Optional.empty();
            }
            Reach reach = new Reach(tracer.get().programs(uprobes, held.path()), detacher);
            Reach sdk = sdkProbe.in(binary, path, held)
                    .map(programs -> new Reach(programs, detacher))
                    .orElse(null);
            kept = true;
            return Optional.of(new AttachedExecutable(tracer.get(), binary, held, reach, sdk));
        } finally {
            if (!kept) {
                if (binary != null) {
                    binary.close();
                }
                held.close();
            }
        }
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

    private Optional<ExecutableTracer> load(ExecutableId id, String path, GoBinary binary) throws ComponentException {
        int index = executables.nextClearBit(0);
        if (index >= SharedMaps.EXECUTABLES) {
            throw new ComponentException(path + " is not traced: " + SharedMaps.EXECUTABLES
                    + " executables are attached already; name fewer in 'targets'");
        }
        Executable executable = new Executable(
                index,
                id,
                path,
                binary.goVersion(),
                new Executable.TypeNames(
                        address -> binary.typeName(address).orElse(""),
                        address -> binary.typePath(address).orElse("")));
        Optional<ExecutableTracer> tracer =
                ExecutableTracer.load(fitter, probes, executable, Studies.begin(binary, path, db, probes));
        if (tracer.isPresent()) {
            executables.set(index);
        }
        return tracer;
    }

    void takeBack(AttachedExecutable executable, LoadedProbe probe) throws BpfException {
        executable.takeBack(probe, uprobes);
    }

    /** Takes down what {@link #load} made; its index may be given to another. */
    void release(AttachedExecutable executable) {
        executable.close();
        fitter.leftOut().forget(executable.tracer().executable());
        executables.clear(executable.tracer().executable().index());
    }

    /**
     * Gives a receiver other probes in all executables, or none. Throws before anything has changed if the kernel refuses
     * one; then those from before go on. Probes of others that had to give way to the old ones are tried again.
     *
     * @param readAll reads what the old ones have written, once they are out
     */
    void exchange(
            Collection<AttachedExecutable> executables, String receiver, List<ProbeSet.Probe> fresh, Runnable readAll)
            throws BpfException, ComponentException {
        Set<String> old = of(receiver).map(probe -> probe.object().name()).collect(Collectors.toSet());
        fitter.leftOut().forget(receiver);
        replace(executables, receiver, fresh, readAll);
        fitter.forget(of(receiver).toList());
        probes = Stream.concat(
                        probes.stream()
                                .filter(probe -> !probe.outlet().receiver().equals(receiver)),
                        fresh.stream())
                .toList();
        for (AttachedExecutable executable : executables) {
            Set<String> waiting =
                    fitter.leftOut().takeBehind(old, executable.tracer().executable());
            waiting.remove(receiver); // just now
            waiting.forEach(other -> retry(executable, other, readAll));
        }
    }

    private void retry(AttachedExecutable executable, String receiver, Runnable readAll) {
        try {
            replace(List.of(executable), receiver, of(receiver).toList(), readAll);
        } catch (BpfException | ComponentException e) {
            LOG.warn(
                    "receiver {} stays as it was in {}: {}",
                    receiver,
                    executable.tracer().executable().path(),
                    e.getMessage());
        }
    }

    private Stream<ProbeSet.Probe> of(String receiver) {
        return probes.stream().filter(probe -> probe.outlet().receiver().equals(receiver));
    }

    private void replace(
            Collection<AttachedExecutable> executables, String receiver, List<ProbeSet.Probe> fresh, Runnable readAll)
            throws BpfException, ComponentException {
        Map<AttachedExecutable, List<LoadedProbe>> ready = new LinkedHashMap<>();
        try {
            for (AttachedExecutable executable : executables) {
                String path = executable.tracer().executable().path();
                Studies studied = Studies.begin(executable.binary(), path, db, fresh);
                ready.put(executable, executable.tracer().prepare(fitter, receiver, fresh, studied));
            }
        } catch (BpfException | ComponentException e) {
            ready.values().forEach(loaded -> loaded.forEach(LoadedProbe::close));
            fitter.forget(fresh);
            throw e;
        }
        ready.forEach((executable, loaded) -> executable.exchange(receiver, loaded, uprobes, readAll));
    }

    @Override
    public void close() {
        sdkProbe.close();
        detacher.close();
    }
}
