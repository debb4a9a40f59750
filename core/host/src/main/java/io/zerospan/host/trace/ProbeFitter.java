package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads objects for executables. What is refused or does not fit is named in the log, and the others go on. */
final class ProbeFitter {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeFitter.class);

    private final LibBpf lib;
    private final KernelFeatures kernel;
    private final SharedMaps maps;
    private final EventSources sources;
    /** Those that no further executable has to wait for. */
    private final Set<ProbeSet.Probe> tooSlow = ConcurrentHashMap.newKeySet();

    private final LeftOut leftOut = new LeftOut();

    /** @param sources knows the meaning of each event type */
    ProbeFitter(LibBpf lib, KernelFeatures kernel, SharedMaps maps, EventSources sources) {
        this.lib = lib;
        this.kernel = kernel;
        this.maps = maps;
        this.sources = sources;
    }

    SharedMaps maps() {
        return maps;
    }

    /** Empty, and told, if the kernel refuses it. */
    Optional<LoadedProbe> tryLoad(ProbeSet.Probe probe, ProbePlan plan, Executable executable, StudiedBinary binary)
            throws ComponentException {
        try {
            return Optional.of(load(probe, plan, executable, binary));
        } catch (BpfException e) {
            LOG.warn(
                    "load {} for {}: {}{}",
                    probe.object().name(),
                    executable.path(),
                    e.getMessage(),
                    e.details().isEmpty() ? "" : " (service.telemetry.logs.level: debug prints it)");
            e.details().lines().forEach(LOG::debug);
            return Optional.empty();
        }
    }

    boolean isTooSlow(ProbeSet.Probe probe) {
        return tooSlow.contains(probe);
    }

    /** Where its programs go; empty, and told, if nowhere. */
    Optional<ProbePlan> plan(ProbeSet.Probe probe, Executable executable, StudiedBinary binary, TakenSites taken) {
        String name = probe.object().name();
        List<ProbePlan.Placement> planned = taken.free(
                PlannedHooks.place(probe, binary.binary(), executable.path()),
                conflict -> giveWay(probe, executable, conflict));
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
            return Optional.empty();
        }
        Optional<TakenSites.Conflict> conflict = taken.conflict(plan);
        if (conflict.isPresent()) {
            giveWay(probe, executable, conflict.get());
            return Optional.empty();
        }
        if (plan.contextTypes().dropped() > 0) {
            LOG.debug(
                    "{} of {}: {} types of contexts are not followed",
                    name,
                    executable.path(),
                    plan.contextTypes().dropped());
        }
        return Optional.of(plan);
    }

    private void giveWay(ProbeSet.Probe probe, Executable executable, TakenSites.Conflict conflict) {
        LOG.warn("{} does not fit {}: {}", probe.object().name(), executable.path(), conflict.text());
        leftOut.add(executable, probe.outlet().receiver(), conflict.owner());
    }

    /** Those that may fit one day. */
    LeftOut leftOut() {
        return leftOut;
    }

    /** Throws if the kernel refuses it. */
    LoadedProbe load(ProbeSet.Probe probe, ProbePlan plan, Executable executable, StudiedBinary binary)
            throws BpfException, ComponentException {
        EventSource source = sources.add(probe, executable);
        PlannedSites planned = PlannedSites.of(plan, probe, executable, sources);
        try {
            return LoadedProbe.load(
                    lib,
                    kernel,
                    maps,
                    probe,
                    plan,
                    source,
                    planned,
                    binary.binary().pie());
        } catch (BpfException e) {
            sources.remove(source);
            planned.sources().forEach(sources::remove);
            throw e;
        } catch (TimedLoad.TooSlow e) {
            sources.remove(source);
            planned.sources().forEach(sources::remove);
            tooSlow.add(probe);
            throw new BpfException(String.valueOf(e.getMessage()));
        }
    }

    /** The host's own; without it, as before Go 1.22, what a panic left open is found by the next call at the earliest. */
    Optional<LoadedProbe> unwinding(Executable executable, Studies studies) throws ComponentException {
        try {
            ProbeSet.Probe probe = HostObject.probe(lib, ExecutableTracer.UNWINDING);
            StudiedBinary binary = studies.of(probe);
            ProbePlan plan = ProbePlan.of(probe.declarations(), binary);
            if (plan.refusal().isEmpty()) {
                return Optional.of(load(probe, plan, executable, binary));
            }
            LOG.debug("panics in {} are not followed: {}", executable.path(), plan.refusal());
        } catch (BpfException e) {
            LOG.warn("panics in {} are not followed: {}", executable.path(), e.getMessage());
            e.details().lines().forEach(LOG::debug);
        }
        return Optional.empty();
    }

    /** Probes have gone: what was said against them matters no longer. */
    void forget(Collection<ProbeSet.Probe> probes) {
        probes.forEach(tooSlow::remove);
    }
}
