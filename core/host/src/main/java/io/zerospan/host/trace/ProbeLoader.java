package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.HeldFile;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.Uprobes;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads and attaches all receivers' objects for one executable after the other. */
final class ProbeLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeLoader.class);

    private final LibBpf lib;
    private final KernelFeatures kernel;
    private final SharedMaps maps;
    private final List<ProbeSet.Probe> probes;
    private final EventSources sources;
    private final OffsetsDb db;
    private final Uprobes uprobes;
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
        this.kernel = kernel;
        this.maps = maps;
        this.probes = probes;
        this.sources = sources;
        this.db = db;
        this.uprobes = new Uprobes(lib, kernel);
    }

    Optional<ExecutableTracer> load(ExecutableId id, String path, GoBinary binary) throws ComponentException {
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
                ExecutableTracer.load(lib, kernel, maps, probes, executable, study(path, binary), sources);
        if (tracer.isPresent()) {
            executables.set(index);
        }
        return tracer;
    }

    private StudiedBinary study(String path, GoBinary binary) {
        List<FieldOffsets.Field> wanted = probes.stream()
                .flatMap(probe -> probe.declarations().fields().stream())
                .map(ProbeDeclarations.Field::wanted)
                .distinct()
                .toList();
        FieldOffsets offsets = FieldOffsets.find(binary, wanted, db, FieldOffsets.Effort.NEEDED);
        offsets.contradictions()
                .forEach(contradiction -> LOG.warn("{}: {}; the former is used", path, contradiction.text()));
        if (!offsets.debugProblem().isEmpty()) {
            LOG.debug("{}", offsets.debugProblem());
        }
        return new StudiedBinary(binary, offsets, db.rules());
    }

    /** Opens a file and asks the kernel to keep others from writing it, see {@link HeldFile}. */
    HeldFile hold(Path file) throws BpfException {
        return HeldFile.open(lib, file);
    }

    /** Takes down what {@link #load} made. */
    void release(ExecutableTracer tracer) {
        tracer.close();
        forget(tracer);
    }

    /** The index of a tracer that is closed may be given to another. */
    void forget(ExecutableTracer tracer) {
        executables.clear(tracer.executable().index());
    }

    /** Returns at how many sites. Nothing happens there before the executable is armed. */
    int attach(ExecutableTracer tracer, Path file, int pid) throws BpfException {
        return tracer.attach(uprobes, file, pid);
    }
}
