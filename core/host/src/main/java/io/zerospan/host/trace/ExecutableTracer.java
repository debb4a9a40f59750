package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.Uprobes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All probes of one executable: loaded once, attached to the file or to single processes of it, armed at once. */
final class ExecutableTracer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutableTracer.class);

    /** The kernel's word for: every process that maps the file, later ones included. */
    static final int EVERY_PROCESS = -1;

    private final Executable executable;
    private final SharedMaps maps;
    private final List<LoadedProbe> probes;

    private ExecutableTracer(Executable executable, SharedMaps maps, List<LoadedProbe> probes) {
        this.executable = executable;
        this.maps = maps;
        this.probes = probes;
    }

    /**
     * Loads what fits the executable; empty if nothing does. An object that is refused by the kernel or does not fit is
     * named in the log, and the others go on.
     *
     * @param sources knows the meaning of each event type
     */
    static Optional<ExecutableTracer> load(
            LibBpf lib,
            KernelFeatures kernel,
            SharedMaps maps,
            List<ProbeSet.Probe> set,
            Executable executable,
            StudiedBinary binary,
            EventSources sources)
            throws ComponentException {
        List<LoadedProbe> loaded = new ArrayList<>();
        for (ProbeSet.Probe probe : set) {
            String name = probe.object().name();
            ProbePlan plan = ProbePlan.of(probe.declarations(), binary);
            if (!plan.refusal().isEmpty()) {
                if (plan.applicable()) {
                    LOG.warn(
                            "{} does not fit {}: {}; 'zerospan inspect {}' shows every hook",
                            name,
                            executable.path(),
                            plan.refusal(),
                            executable.path());
                } else {
                    LOG.debug("{} has nothing to trace in {}: {}", name, executable.path(), plan.refusal());
                }
                continue;
            }
            if (plan.contextTypes().dropped() > 0) {
                LOG.debug(
                        "{} of {}: {} types of contexts are not followed",
                        name,
                        executable.path(),
                        plan.contextTypes().dropped());
            }
            try {
                loaded.add(LoadedProbe.load(
                        lib,
                        kernel,
                        maps,
                        probe,
                        plan,
                        sources.add(probe, executable),
                        binary.binary().pie()));
            } catch (BpfException e) {
                LOG.warn("load {} for {}: {}", name, executable.path(), e.getMessage());
                LOG.debug("{}", e.details());
            }
        }
        return loaded.isEmpty() ? Optional.empty() : Optional.of(new ExecutableTracer(executable, maps, loaded));
    }

    /** Ends first, so that no span begins whose end would be missed; they do nothing before {@link #arm}. */
    int attach(Uprobes uprobes, Path file, int pid) throws BpfException {
        int sites = 0;
        for (ProbeDeclarations.Point point : List.of(ProbeDeclarations.Point.RETURN, ProbeDeclarations.Point.START)) {
            for (LoadedProbe probe : probes) {
                sites += probe.attach(uprobes, file, pid, point);
            }
        }
        return sites;
    }

    void arm() throws BpfException {
        maps.arm(executable.index(), true);
    }

    Executable executable() {
        return executable;
    }

    int programs() {
        return probes.stream().mapToInt(LoadedProbe::programs).sum();
    }

    /** Silent first, then gone: detaching may take its time. */
    @Override
    public void close() {
        try {
            maps.arm(executable.index(), false);
        } catch (BpfException e) {
            LOG.debug("disarm {}: {}", executable.path(), e.getMessage());
        }
        probes.forEach(LoadedProbe::close);
    }
}
