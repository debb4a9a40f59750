package io.zerospan.host.trace;

import io.zerospan.api.Telemetry;
import io.zerospan.libbpf.BpfMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds each executable to its targets' {@code max_overhead}. Only the thread that attaches may call it. */
final class Budgets implements ProbeCosts.Spending {
    static final String KEPT = "zerospan_target_sampling_ppm";
    static final String DETACHED = "zerospan_target_detached_probes";

    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);

    private final Discovery discovery;
    private final BpfMap contexts;
    private final Telemetry telemetry;
    private final boolean bounded;
    private final Map<AttachedExecutable, RestrainedExecutable> restrained = new HashMap<>();
    /** By the executable's path, for who looks at the metrics; there are as many as names in use. */
    private final Map<String, Restraint> shown = new ConcurrentHashMap<>();

    Budgets(Discovery discovery, List<TargetRule> rules, BpfMap contexts, Telemetry telemetry) {
        this.discovery = discovery;
        this.contexts = contexts;
        this.telemetry = telemetry;
        this.bounded = rules.stream().anyMatch(rule -> rule.maxOverhead() < TargetRule.UNBOUNDED);
    }

    @Override
    public void unknown(String why) {
        if (bounded) {
            LOG.warn(
                    "max_overhead is not kept: the cost of probes is not known ({}); give zerospan CAP_SYS_ADMIN", why);
        }
    }

    @Override
    public void spent(Map<TracedHook, Long> nanos, Map<String, Long> cpuNanos, long periodNanos) {
        if (!bounded) {
            return;
        }
        List<AttachedExecutable> executables = discovery.executables();
        restrained.keySet().retainAll(new HashSet<>(executables));
        for (AttachedExecutable executable : executables) {
            double bound = discovery.bound(executable);
            if (bound < TargetRule.UNBOUNDED) {
                String path = executable.tracer().executable().path();
                restrained
                        .computeIfAbsent(executable, found -> new RestrainedExecutable(found, discovery))
                        .look(nanos, cpuNanos.getOrDefault(path, 0L), periodNanos, bound);
            }
        }
        takeOutWhatHasEnded();
        restrained.forEach(this::show);
    }

    /** One look at the entries for all of them: there may be many. */
    private void takeOutWhatHasEnded() {
        if (restrained.values().stream().anyMatch(RestrainedExecutable::waits)) {
            Set<Integer> open = OpenSpans.types(contexts);
            restrained.values().forEach(executable -> executable.takeOutUnless(open));
        }
    }

    private void show(AttachedExecutable executable, RestrainedExecutable what) {
        String path = executable.tracer().executable().path();
        if (shown.put(path, what.restraint()) == null) {
            telemetry.gauge(KEPT, () -> of(path).kept(), "target", path);
            telemetry.gauge(DETACHED, () -> of(path).detached(), "target", path);
        }
    }

    private Restraint of(String path) {
        return shown.getOrDefault(path, Restraint.NONE);
    }
}
