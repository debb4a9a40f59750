package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
import io.zerospan.libbpf.ProgramRuns;
import io.zerospan.libbpf.Uprobes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All probes of one executable: loaded once, attached to the file or to single processes of it, armed at once. */
final class ExecutableTracer implements AutoCloseable {
    static final String UNWINDING = "unwinding";

    private static final Logger LOG = LoggerFactory.getLogger(ExecutableTracer.class);

    private final Executable executable;
    private final SharedMaps maps;
    private final List<LoadedProbe> probes;
    /** Follows panics; is of no use alone. */
    private final Optional<LoadedProbe> unwinding;

    /** Taken out until their target can afford them. */
    private final Set<LoadedProbe> out = new HashSet<>();

    private boolean armed;
    private int wave = Reach.FIRST_WAVE;

    private ExecutableTracer(
            Executable executable, SharedMaps maps, List<LoadedProbe> probes, Optional<LoadedProbe> unwinding) {
        this.executable = executable;
        this.maps = maps;
        this.probes = probes;
        this.unwinding = unwinding;
    }

    /** Loads what fits the executable; empty if nothing does. Of two that want a function the first gets it. */
    static Optional<ExecutableTracer> load(
            ProbeFitter fitter, List<ProbeSet.Probe> set, Executable executable, Studies studies)
            throws ComponentException {
        SideBySide loads = new SideBySide();
        SideBySide hostsOwn = new SideBySide();
        TakenSites taken = new TakenSites(loads::isLoaded);
        for (ProbeSet.Probe probe : set) {
            StudiedBinary binary = studies.of(probe);
            Optional<ProbePlan> plan = fitter.plan(probe, executable, binary, taken);
            if (plan.isPresent() && !fitter.isTooSlow(probe)) {
                String name = probe.object().name();
                taken.take(name, plan.get());
                if (loads.begin(name, () -> fitter.tryLoad(probe, plan.get(), executable, binary)) == 1) {
                    hostsOwn.begin(UNWINDING, () -> fitter.unwinding(executable, studies));
                }
            }
        }
        Optional<LoadedProbe> unwinding = hostsOwn.await().stream().findFirst();
        List<LoadedProbe> loaded = List.of();
        try {
            loaded = loads.await();
        } finally {
            if (loaded.isEmpty()) {
                unwinding.ifPresent(LoadedProbe::close);
            }
        }
        return loaded.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExecutableTracer(executable, fitter.maps(), loaded, unwinding));
    }

    /** Loads what fits of a receiver's new probes, which are attached to nothing yet. Throws if the kernel refuses one. */
    List<LoadedProbe> prepare(ProbeFitter fitter, String receiver, List<ProbeSet.Probe> fresh, Studies studies)
            throws BpfException, ComponentException {
        List<LoadedProbe> ready = new ArrayList<>();
        List<LoadedProbe> beside = new ArrayList<>(probes);
        beside.removeAll(of(receiver));
        try {
            for (ProbeSet.Probe probe : fresh) {
                StudiedBinary binary = studies.of(probe);
                Optional<ProbePlan> plan = fitter.plan(probe, executable, binary, TakenSites.by(beside));
                if (plan.isPresent()) {
                    LoadedProbe loaded = fitter.load(probe, plan.get(), executable, binary);
                    ready.add(loaded);
                    beside.add(loaded);
                }
            }
            return ready;
        } catch (BpfException | ComponentException e) {
            ready.forEach(LoadedProbe::close);
            throw e;
        }
    }

    /** Those of one receiver. */
    List<LoadedProbe> of(String receiver) {
        return probes.stream()
                .filter(probe -> probe.probe().outlet().receiver().equals(receiver))
                .toList();
    }

    void add(List<LoadedProbe> fresh) {
        probes.addAll(fresh);
    }

    void remove(List<LoadedProbe> gone) {
        probes.removeAll(gone);
        out.removeAll(gone);
    }

    boolean isEmpty() {
        return probes.isEmpty();
    }

    private List<LoadedProbe> all() {
        List<LoadedProbe> all = new ArrayList<>(probes);
        unwinding.ifPresent(all::add);
        return all;
    }

    private List<LoadedProbe> attachable() {
        return all().stream().filter(probe -> !out.contains(probe)).toList();
    }

    /** Those that make spans. */
    List<LoadedProbe> probes() {
        return List.copyOf(probes);
    }

    boolean isOut(LoadedProbe probe) {
        return out.contains(probe);
    }

    /** Whether processes that come later get the probe. */
    void setOut(LoadedProbe probe, boolean isOut) {
        if (isOut) {
            out.add(probe);
        } else {
            out.remove(probe);
        }
    }

    /** All that can be attached to processes of the file. */
    Reach.Programs programs(Uprobes uprobes, Path file) {
        return programs(uprobes, file, this::attachable);
    }

    /** Some that can be attached to processes of the file. They do nothing before {@link #arm}. */
    Reach.Programs programs(Uprobes uprobes, Path file, Supplier<List<LoadedProbe>> which) {
        return new Reach.Programs() {
            @Override
            public List<BpfLink> attach(int pid, int wave) throws BpfException {
                return ExecutableTracer.attach(which.get(), uprobes, file, pid, wave);
            }

            @Override
            public void act(int wave) throws BpfException {
                ExecutableTracer.this.act(wave);
            }
        };
    }

    /** Ends first, so that no span begins whose end would be missed. */
    private static List<BpfLink> attach(List<LoadedProbe> probes, Uprobes uprobes, Path file, int pid, int wave)
            throws BpfException {
        List<BpfLink> links = new ArrayList<>();
        try {
            attach(probes, uprobes, file, pid, wave, links);
            return links;
        } catch (BpfException e) {
            links.forEach(BpfLink::close);
            throw e;
        }
    }

    private static void attach(
            List<LoadedProbe> probes, Uprobes uprobes, Path file, int pid, int wave, List<BpfLink> links)
            throws BpfException {
        for (ProbeDeclarations.Point point : List.of(ProbeDeclarations.Point.RETURN, ProbeDeclarations.Point.START)) {
            for (LoadedProbe probe : probes) {
                probe.attach(uprobes, file, pid, wave, point, links);
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

    /** Of each program, as far as the kernel has counted. */
    Map<TracedHook, ProgramRuns> runs() {
        Map<TracedHook, ProgramRuns> runs = new HashMap<>();
        all().forEach(probe -> runs.putAll(probe.runs(executable.path())));
        return runs;
    }

    int programs() {
        return all().stream().mapToInt(LoadedProbe::programs).sum();
    }

    int sites() {
        return all().stream().mapToInt(LoadedProbe::sites).sum();
    }

    /** To be called when nothing is attached any more. */
    @Override
    public void close() {
        all().forEach(LoadedProbe::close);
    }
}
