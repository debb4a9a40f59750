package io.zerospan.host.trace;

import io.zerospan.api.Telemetry;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.ProgramRuns;
import io.zerospan.libbpf.TrapCost;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the probes cost the traced programs. The kernel counts and times their runs during a window of each period, since
 * that itself costs two looks at the clock; the rest of the period is taken to be alike. For one thread at a time.
 */
final class ProbeCosts implements AutoCloseable {
    static final String HITS = "zerospan_probe_hits_total";
    static final String NANOS = "zerospan_probe_cpu_nanoseconds_total";
    static final String TARGET_NANOS = "zerospan_target_cpu_nanoseconds_total";

    /** A twenty-fifth of the time: what the counting costs a hit, measured as 110 ns, comes to 4 to 7. */
    static final long PERIOD_NANOS = 1_000_000_000;

    static final long WINDOW_NANOS = 40_000_000;

    /** Executables with metrics of their own; on a machine with more the later ones share one. */
    static final int TARGETS_MAX = 64;

    static final String OTHER_TARGETS = "other";

    private static final Logger LOG = LoggerFactory.getLogger(ProbeCosts.class);

    private final Counting counting;
    private final Supplier<Optional<TrapCost>> traps;
    private final Telemetry telemetry;
    private final Spending spending;
    private final Set<String> targets = new HashSet<>();

    private @Nullable Window open;
    private long dueNanos;
    private long accountedNanos;
    private boolean refused;

    /** What is asked of the kernel. */
    interface Counting {
        /** Has runs counted until closed. */
        AutoCloseable begin() throws BpfException;

        Map<TracedHook, ProgramRuns> runs();

        /** Of each target, since this was asked the last time. */
        Map<String, Long> cpuNanos();
    }

    /** Who is told of each window what it stands for. */
    interface Spending {
        /**
         * @param nanos what each program took, with its traps
         * @param cpuNanos what each target used, in the same time
         */
        void spent(Map<TracedHook, Long> nanos, Map<String, Long> cpuNanos, long periodNanos);

        /** The kernel does not tell, now or ever. */
        void unknown(String why);
    }

    private record Window(long openedNanos, AutoCloseable statistics, Map<TracedHook, ProgramRuns> before) {}

    /** @param traps empty where, or as long as, it is not known what they cost: then the programs alone are counted */
    ProbeCosts(
            Counting counting,
            Supplier<Optional<TrapCost>> traps,
            Telemetry telemetry,
            Spending spending,
            long nowNanos) {
        this.counting = counting;
        this.traps = traps;
        this.telemetry = telemetry;
        this.spending = spending;
        this.dueNanos = nowNanos;
        this.accountedNanos = nowNanos;
    }

    /** Returns how long the next look has time; an earlier one does no harm. */
    long look(long nowNanos) {
        if (!refused) {
            lookNow(nowNanos);
        }
        Window window = open;
        if (refused) {
            return Long.MAX_VALUE;
        }
        return window == null ? dueNanos - nowNanos : window.openedNanos + WINDOW_NANOS - nowNanos;
    }

    private void lookNow(long nowNanos) {
        Window window = open;
        if (window == null && nowNanos - dueNanos >= 0) {
            open(nowNanos);
        } else if (window != null && nowNanos - window.openedNanos >= WINDOW_NANOS) {
            Map<TracedHook, ProgramRuns> after = counting.runs();
            end(window);
            account(window, after, nowNanos);
            accountedNanos = nowNanos;
            dueNanos = nowNanos + PERIOD_NANOS - WINDOW_NANOS;
        }
    }

    private void open(long nowNanos) {
        try {
            AutoCloseable statistics = counting.begin();
            open = new Window(nowNanos, statistics, counting.runs());
        } catch (BpfException e) {
            refused = true;
            LOG.info("the cost of probes is not known: {}", e.getMessage());
            spending.unknown(String.valueOf(e.getMessage()));
        }
    }

    private void account(Window window, Map<TracedHook, ProgramRuns> after, long nowNanos) {
        double scale = (double) (nowNanos - accountedNanos) / (nowNanos - window.openedNanos);
        Optional<TrapCost> trap = traps.get();
        Map<String, Long> cpu = counting.cpuNanos();
        cpu.forEach((target, nanos) ->
                telemetry.counter(TARGET_NANOS, "target", label(target)).add(nanos));
        Map<TracedHook, Long> spent = new HashMap<>();
        after.forEach((hook, runs) -> {
            ProgramRuns fresh = runs.since(window.before.getOrDefault(hook, ProgramRuns.NONE));
            double traps = trap.map(cost -> fresh.count() * nanos(cost, hook)).orElse(0.0);
            String[] labels = {"target", label(hook.target()), "hook", hook.program()};
            telemetry.counter(HITS, labels).add(Math.round(fresh.count() * scale));
            long nanos = Math.round((fresh.nanos() + traps) * scale);
            telemetry.counter(NANOS, labels).add(nanos);
            spent.put(hook, nanos);
        });
        spending.spent(spent, cpu, nowNanos - accountedNanos);
    }

    private static double nanos(TrapCost cost, TracedHook hook) {
        return hook.steppedPart() * cost.steppedNanos() + (1 - hook.steppedPart()) * cost.emulatedNanos();
    }

    private String label(String target) {
        if (targets.size() < TARGETS_MAX) {
            targets.add(target);
        }
        return targets.contains(target) ? target : OTHER_TARGETS;
    }

    private void end(Window window) {
        open = null;
        try {
            window.statistics.close();
        } catch (Exception e) {
            LOG.debug("end of a window: {}", e.toString());
        }
    }

    @Override
    public void close() {
        if (open != null) {
            end(open);
        }
    }
}
