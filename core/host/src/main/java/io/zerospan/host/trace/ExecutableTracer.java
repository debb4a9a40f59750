package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
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
    static final String UNWINDING = "unwinding";

    private static final Logger LOG = LoggerFactory.getLogger(ExecutableTracer.class);

    private final Executable executable;
    private final SharedMaps maps;
    private final List<LoadedProbe> probes;
    private boolean armed;
    private int wave = Reach.FIRST_WAVE;

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
        TakenSites taken = new TakenSites();
        for (ProbeSet.Probe probe : set) {
            String name = probe.object().name();
            List<ProbePlan.Placement> planned = taken.free(
                    PlannedHooks.place(probe, binary.binary(), executable.path()),
                    why -> LOG.warn("{} does not fit {}: {}", name, executable.path(), why));
            ProbePlan plan = ProbePlan.of(probe.declarations(), planned, binary);
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
            Optional<String> conflict = taken.conflict(plan);
            if (conflict.isPresent()) {
                LOG.warn("{} does not fit {}: {}", name, executable.path(), conflict.get());
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
                        PlannedSites.of(plan, probe, executable, sources),
                        binary.binary().pie()));
                taken.take(name, plan);
            } catch (BpfException e) {
                LOG.warn(
                        "load {} for {}: {}{}",
                        name,
                        executable.path(),
                        e.getMessage(),
                        e.details().isEmpty() ? "" : " (service.telemetry.logs.level: debug prints it)");
                e.details().lines().forEach(LOG::debug);
            }
        }
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        unwinding(lib, kernel, maps, executable, binary, sources).ifPresent(loaded::add);
        return Optional.of(new ExecutableTracer(executable, maps, loaded));
    }

    /** The host's own; without it, as before Go 1.22, what a panic left open is found by the next call at the earliest. */
    private static Optional<LoadedProbe> unwinding(
            LibBpf lib,
            KernelFeatures kernel,
            SharedMaps maps,
            Executable executable,
            StudiedBinary binary,
            EventSources sources)
            throws ComponentException {
        try {
            ProbeSet.Probe probe = HostObject.probe(lib, UNWINDING);
            ProbePlan plan = ProbePlan.of(probe.declarations(), binary);
            if (plan.refusal().isEmpty()) {
                return Optional.of(LoadedProbe.load(
                        lib,
                        kernel,
                        maps,
                        probe,
                        plan,
                        sources.add(probe, executable),
                        PlannedSites.of(plan, probe, executable, sources),
                        binary.binary().pie()));
            }
            LOG.debug("panics in {} are not followed: {}", executable.path(), plan.refusal());
        } catch (BpfException e) {
            LOG.warn("panics in {} are not followed: {}", executable.path(), e.getMessage());
            e.details().lines().forEach(LOG::debug);
        }
        return Optional.empty();
    }

    /** What can be attached to processes of the file. They do nothing before {@link #arm}. */
    Reach.Programs programs(Uprobes uprobes, Path file) {
        return new Reach.Programs() {
            @Override
            public List<BpfLink> attach(int pid, int wave) throws BpfException {
                return ExecutableTracer.this.attach(uprobes, file, pid, wave);
            }

            @Override
            public void act(int wave) throws BpfException {
                ExecutableTracer.this.act(wave);
            }
        };
    }

    /** Ends first, so that no span begins whose end would be missed. */
    private List<BpfLink> attach(Uprobes uprobes, Path file, int pid, int attachedWave) throws BpfException {
        List<BpfLink> links = new ArrayList<>();
        try {
            attach(uprobes, file, pid, attachedWave, links);
            return links;
        } catch (BpfException e) {
            links.forEach(BpfLink::close);
            throw e;
        }
    }

    private void attach(Uprobes uprobes, Path file, int pid, int attachedWave, List<BpfLink> links)
            throws BpfException {
        for (ProbeDeclarations.Point point : List.of(ProbeDeclarations.Point.RETURN, ProbeDeclarations.Point.START)) {
            for (LoadedProbe probe : probes) {
                probe.attach(uprobes, file, pid, attachedWave, point, links);
            }
        }
    }

    private void act(int next) throws BpfException {
        if (armed) {
            maps.arm(executable.index(), next);
        }
        wave = next;
    }

    void arm() throws BpfException {
        maps.arm(executable.index(), wave);
        armed = true;
    }

    /** From now on the probes do nothing. */
    void disarm() {
        try {
            armed = false;
            maps.arm(executable.index(), 0);
        } catch (BpfException e) {
            LOG.debug("disarm {}: {}", executable.path(), e.getMessage());
        }
    }

    Executable executable() {
        return executable;
    }

    int programs() {
        return probes.stream().mapToInt(LoadedProbe::programs).sum();
    }

    int sites() {
        return probes.stream().mapToInt(LoadedProbe::sites).sum();
    }

    /** To be called when nothing is attached any more. */
    @Override
    public void close() {
        probes.forEach(LoadedProbe::close);
    }
}
