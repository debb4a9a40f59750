package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executable that has a bound, and what it goes without just now. */
final class RestrainedExecutable {
    private static final Logger LOG = LoggerFactory.getLogger(RestrainedExecutable.class);

    private final AttachedExecutable executable;
    private final Discovery discovery;
    /** The last one was given up last. Each begins nothing; it is out as soon as none of its spans is open. */
    private final Deque<LoadedProbe> givenUp = new ArrayDeque<>();

    private OverheadControl control = OverheadControl.START;

    RestrainedExecutable(AttachedExecutable executable, Discovery discovery) {
        this.executable = executable;
        this.discovery = discovery;
    }

    Restraint restraint() {
        return control.restraint();
    }

    /** @param bound the part of its CPU time that its probes may take */
    void look(Map<TracedHook, Long> nanos, long cpuNanos, long periodNanos, double bound) {
        givenUp.removeIf(gone -> !executable.tracer().probes().contains(gone)); // its receiver was exchanged
        long took = nanos.entrySet().stream()
                .filter(entry -> isOurs(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        double share = cpuNanos == 0 ? 0 : (double) took / cpuNanos;
        Restraint before = control.restraint();
        control = control.next(
                share,
                bound,
                (double) cpuNanos / periodNanos,
                executable.tracer().probes().size());
        try {
            apply(before, nanos, share, bound);
        } catch (BpfException e) {
            LOG.warn("keep {} to its max_overhead: {}", path(), e.getMessage());
        }
    }

    private void apply(Restraint before, Map<TracedHook, Long> nanos, double share, double bound) throws BpfException {
        Restraint now = control.restraint();
        if (now.halvings() != before.halvings()) {
            LOG.info(
                    "{}: its probes take {} of its CPU time, of {} allowed: 1 of {} traces is recorded",
                    path(),
                    percent(share),
                    percent(bound),
                    1L << now.halvings());
        }
        while (givenUp.size() < now.detached() && giveUpDearest(nanos, share, bound)) {}
        while (givenUp.size() > now.detached()) {
            takeBack(givenUp.removeLast());
        }
        for (LoadedProbe probe : executable.tracer().probes()) {
            if (!givenUp.contains(probe)) {
                probe.restrain(now); // one that came meanwhile too
            }
        }
    }

    private boolean giveUpDearest(Map<TracedHook, Long> nanos, double share, double bound) throws BpfException {
        Optional<LoadedProbe> dearest = executable.tracer().probes().stream()
                .filter(probe -> !givenUp.contains(probe))
                .max(Comparator.comparingLong(probe -> of(probe, nanos)));
        if (dearest.isEmpty()) {
            return false;
        }
        LoadedProbe probe = dearest.get();
        probe.beginNothing();
        givenUp.addLast(probe);
        LOG.warn(
                "{}: its probes take {} of its CPU time, of {} allowed; {} goes, whose dearest hook is {}",
                path(),
                percent(share),
                percent(bound),
                probe.probe().object().name(),
                dearestHook(probe, nanos));
        return true;
    }

    private void takeBack(LoadedProbe probe) throws BpfException {
        probe.restrain(control.restraint());
        if (executable.tracer().isOut(probe)) {
            try {
                discovery.takeBack(executable, probe);
            } catch (BpfException e) {
                givenUp.addLast(probe); // the next look tries again
                throw e;
            }
        }
        LOG.info("{}: {} is back", path(), probe.probe().object().name());
    }

    /** Whether a probe is still there for the spans that it has begun. */
    boolean waits() {
        return givenUp.stream().anyMatch(probe -> !executable.tracer().isOut(probe));
    }

    /** @param open types of all spans that are open anywhere */
    void takeOutUnless(Set<Integer> open) {
        for (LoadedProbe probe : givenUp) {
            if (!executable.tracer().isOut(probe) && Collections.disjoint(probe.types(), open)) {
                executable.takeOut(probe);
            }
        }
    }

    private boolean isOurs(TracedHook hook) {
        return hook.target().equals(path());
    }

    private static long of(LoadedProbe probe, Map<TracedHook, Long> nanos) {
        return nanos.entrySet().stream()
                .filter(entry -> entry.getKey().owner() == probe)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String dearestHook(LoadedProbe probe, Map<TracedHook, Long> nanos) {
        return nanos.entrySet().stream()
                .filter(entry -> entry.getKey().owner() == probe)
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey().program())
                .orElse("not known");
    }

    private String path() {
        return executable.tracer().executable().path();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
