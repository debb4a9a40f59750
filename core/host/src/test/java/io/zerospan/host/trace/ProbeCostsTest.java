package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.ProgramRuns;
import io.zerospan.libbpf.TrapCost;
import io.zerospan.testkit.FakeTelemetry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeCostsTest {
    private static final TrapCost TRAP = new TrapCost(1_000, 10_000);
    private static final long PER_WINDOW = ProbeCosts.PERIOD_NANOS / ProbeCosts.WINDOW_NANOS;
    private static final TracedHook PUSH = new TracedHook("object", "/srv/shop", "start", 0);
    private static final TracedHook RETURN = new TracedHook("object", "/srv/shop", "end", 1);

    private final FakeTelemetry telemetry = new FakeTelemetry();
    private final Spending spending = new Spending();
    private final Kernel kernel = new Kernel();
    private Optional<TrapCost> trap = Optional.of(TRAP);
    private final ProbeCosts costs = new ProbeCosts(kernel, () -> trap, telemetry, spending, 0);

    private static final class Spending implements ProbeCosts.Spending {
        private Map<TracedHook, Long> nanos = Map.of();
        private Map<String, Long> cpuNanos = Map.of();
        private long periodNanos;
        private String unknown = "";

        @Override
        public void spent(Map<TracedHook, Long> nanos, Map<String, Long> cpuNanos, long periodNanos) {
            this.nanos = nanos;
            this.cpuNanos = cpuNanos;
            this.periodNanos = periodNanos;
        }

        @Override
        public void unknown(String why) {
            unknown = why;
        }
    }

    private static final class Kernel implements ProbeCosts.Counting {
        private final Map<TracedHook, ProgramRuns> runs = new HashMap<>();
        private int windows;
        private boolean refuses;

        @Override
        public AutoCloseable begin() throws BpfException {
            if (refuses) {
                throw new BpfException("not permitted");
            }
            windows++;
            return () -> windows--;
        }

        @Override
        public Map<TracedHook, ProgramRuns> runs() {
            return Map.copyOf(runs);
        }

        @Override
        public Map<String, Long> cpuNanos() {
            return Map.of("/srv/shop", 50_000L);
        }
    }

    private long hits(TracedHook hook) {
        return telemetry.count(ProbeCosts.HITS, "target", hook.target(), "hook", hook.program());
    }

    private long nanos(TracedHook hook) {
        return telemetry.count(ProbeCosts.NANOS, "target", hook.target(), "hook", hook.program());
    }

    /** A window from its beginning at {@code nanos} to its end. */
    private void window(long nanos, TracedHook hook, ProgramRuns after) {
        costs.look(nanos);
        kernel.runs.put(hook, after);
        costs.look(nanos + ProbeCosts.WINDOW_NANOS);
    }

    @Test
    void hits_ofAWindow_standForItsPeriod() {
        window(0, PUSH, ProgramRuns.NONE);
        window(ProbeCosts.PERIOD_NANOS, PUSH, new ProgramRuns(7, 700));
        assertThat(hits(PUSH)).isEqualTo(7 * PER_WINDOW);
    }

    @Test
    void cost_isTheProgramAndTheTrapOfItsSites() {
        window(0, PUSH, ProgramRuns.NONE);
        window(ProbeCosts.PERIOD_NANOS, PUSH, new ProgramRuns(7, 700));
        window(2 * ProbeCosts.PERIOD_NANOS, RETURN, new ProgramRuns(2, 300));
        assertThat(nanos(PUSH)).isEqualTo(PER_WINDOW * (700 + 7 * 1_000));
        assertThat(nanos(RETURN)).isEqualTo(PER_WINDOW * (300 + 2 * 10_000));
    }

    @Test
    void cost_whereTheTrapIsNotKnown_isTheProgramAlone() {
        trap = Optional.empty();
        window(0, PUSH, ProgramRuns.NONE);
        window(ProbeCosts.PERIOD_NANOS, PUSH, new ProgramRuns(7, 700));
        assertThat(nanos(PUSH)).isEqualTo(700 * PER_WINDOW);
    }

    @Test
    void runs_betweenWindows_areNotCountedTwice() {
        kernel.runs.put(PUSH, new ProgramRuns(1_000_000, 5));
        window(0, PUSH, new ProgramRuns(1_000_000, 5));
        assertThat(hits(PUSH)).isZero();
    }

    @Test
    void statistics_areOnInAWindowAlone() {
        costs.look(0);
        assertThat(kernel.windows).isEqualTo(1);
        costs.look(ProbeCosts.WINDOW_NANOS);
        costs.look(ProbeCosts.WINDOW_NANOS + 1);
        assertThat(kernel.windows).isZero();
    }

    @Test
    void close_inAWindow_endsIt() {
        costs.look(0);
        costs.close();
        assertThat(kernel.windows).isZero();
    }

    @Test
    void targets_beyondTheLimit_shareTheirMetrics() {
        costs.look(0);
        for (int i = 0; i <= ProbeCosts.TARGETS_MAX; i++) {
            kernel.runs.put(new TracedHook("object", "/srv/" + i, "start", 0), new ProgramRuns(1, 1));
        }
        costs.look(ProbeCosts.WINDOW_NANOS);
        assertThat(telemetry.count(ProbeCosts.HITS, "target", ProbeCosts.OTHER_TARGETS, "hook", "start"))
                .isPositive();
    }

    @Test
    void spending_isThatOfThePeriod() {
        window(0, PUSH, ProgramRuns.NONE);
        window(ProbeCosts.PERIOD_NANOS, PUSH, new ProgramRuns(7, 700));
        assertThat(spending.nanos).containsEntry(PUSH, PER_WINDOW * (700 + 7 * 1_000));
        assertThat(spending.cpuNanos).containsEntry("/srv/shop", 50_000L);
        assertThat(spending.periodNanos).isEqualTo(ProbeCosts.PERIOD_NANOS);
    }

    @Test
    void kernelThatRefuses_isToldToWhoMustKeepABound() {
        kernel.refuses = true;
        costs.look(0);
        assertThat(spending.unknown).isEqualTo("not permitted");
    }

    @Test
    void kernelThatRefuses_isAskedOnce() {
        kernel.refuses = true;
        costs.look(0);
        kernel.refuses = false;
        costs.look(ProbeCosts.PERIOD_NANOS);
        assertThat(kernel.windows).isZero();
    }
}
