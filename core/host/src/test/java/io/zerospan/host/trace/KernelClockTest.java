package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelClockTest {
    private static final long SECOND = KernelClock.INTERVAL_NANOS;
    private static final long MILLI = 1_000_000;
    private static final long BOOT = 1_700_000_000_000_000_000L;

    private final KernelClock clock = new KernelClock(0, BOOT);

    /** Looks at a wall clock that is {@code ahead} of the first look's, once a second. */
    private void look(long fromSecond, long toSecond, long ahead) {
        for (long s = fromSecond; s <= toSecond; s++) {
            clock.adjust(s * SECOND, BOOT + s * SECOND + ahead);
        }
    }

    private long errorAt(long monotonic, long ahead) {
        return clock.epochNanos(monotonic) - (BOOT + monotonic + ahead);
    }

    @Test
    void clock_thatAgrees_addsTheBootTime() {
        look(1, 100, 0);
        assertThat(clock.epochNanos(100 * SECOND + 7)).isEqualTo(BOOT + 100 * SECOND + 7);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, 1, -1, -3_600})
    void step_ofTheWallClock_isFollowedAtMostByTheFastestSlew(long stepSeconds) {
        look(1, 10, 0);
        look(11, 200, stepSeconds * SECOND);
        for (long s = 11; s < 200; s++) {
            long mapped = clock.epochNanos((s + 1) * SECOND) - clock.epochNanos(s * SECOND);
            assertThat(mapped).isCloseTo(SECOND, within((long) (SECOND * KernelClock.FASTEST_SLEW) + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {500, 3, -3, -500})
    void step_ofTheWallClock_isMadeUpForAndStaysSo(long stepMillis) {
        look(1, 10, 0);
        look(11, 130, stepMillis * MILLI);
        assertThat(errorAt(130 * SECOND, stepMillis * MILLI)).isZero();
        assertThat(errorAt(130 * SECOND + SECOND / 2, stepMillis * MILLI)).isZero();
    }

    @Test
    void drift_ofACrystal_isFollowedClosely() {
        for (long s = 1; s <= 600; s++) {
            long drifted = s * 50_000; // 50 ppm
            clock.adjust(s * SECOND, BOOT + s * SECOND + drifted);
            assertThat(errorAt(s * SECOND, drifted)).isCloseTo(0, within(60_000L));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, -4})
    void correction_withoutFurtherLooks_doesNotOvershoot(long aheadMillis) {
        look(1, 1, aheadMillis * MILLI);
        assertThat(errorAt(60 * SECOND, aheadMillis * MILLI)).isZero();
    }

    @Test
    void looks_closerThanTheInterval_changeNothing() {
        look(1, 1, 0);
        clock.adjust(SECOND + SECOND / 2, BOOT);
        assertThat(errorAt(SECOND + SECOND * 3 / 4, 0)).isZero();
    }

    @Test
    void mapping_underAnyWallClock_isMonotone() {
        SplittableRandom random = new SplittableRandom(11);
        TreeMap<Long, Long> mapped = new TreeMap<>();
        wander(random, 2_000, (from, to) -> {
            for (int i = 0; i < 5; i++) {
                long at = random.nextLong(from, to);
                mapped.put(at, clock.epochNanos(at));
                mapped.put(at + 1, clock.epochNanos(at + 1));
            }
        });
        assertThat(new ArrayList<>(mapped.values())).isSorted();
    }

    @Test
    void mapping_ofAnInstant_isTheSameWheneverItIsAsked() {
        SplittableRandom random = new SplittableRandom(12);
        TreeMap<Long, Long> fresh = new TreeMap<>();
        wander(random, KernelClock.SEGMENTS - 1, (from, to) -> {
            long at = random.nextLong(from, to);
            fresh.put(at, clock.epochNanos(at));
        });
        fresh.forEach((at, mapped) -> assertThat(clock.epochNanos(at)).isEqualTo(mapped));
    }

    @Test
    void spans_thatEndLongAfterTheirChildren_stayAroundThem() {
        SplittableRandom random = new SplittableRandom(13);
        List<long[]> children = new ArrayList<>();
        wander(random, 3_000, (from, to) -> {
            long start = random.nextLong(from, to);
            children.add(new long[] {start, clock.epochNanos(start)});
        });
        for (long[] child : children) {
            long parentStart = child[0] - random.nextLong(1_000);
            assertThat(clock.epochNanos(parentStart)).isLessThanOrEqualTo(child[1]);
        }
    }

    @Test
    void instants_beforeTheOldestSegment_runOnWithoutSlew() {
        long ahead = 3_600 * SECOND;
        look(1, 2L * KernelClock.SEGMENTS, ahead);
        long kept = clock.epochNanos(2 * SECOND);
        assertThat(kept - clock.epochNanos(SECOND)).isEqualTo(SECOND);
        assertThat(clock.epochNanos(-SECOND)).isEqualTo(kept - 3 * SECOND);
    }

    @FunctionalInterface
    private interface Stretch {
        void between(long from, long to);
    }

    /** Looks at a wall clock that wanders and is stepped forwards and backwards; shows each stretch between two looks. */
    private void wander(SplittableRandom random, int looks, Stretch stretch) {
        long now = 0;
        long ahead = 0;
        for (int i = 0; i < looks; i++) {
            long next = now + SECOND + random.nextLong(SECOND / 10) + (random.nextInt(50) == 0 ? 30 * SECOND : 0);
            stretch.between(now, next);
            ahead += random.nextLong(-100_000, 100_000);
            if (random.nextInt(40) == 0) {
                ahead += random.nextLong(-2 * SECOND, 2 * SECOND);
            }
            clock.adjust(next, BOOT + next + ahead);
            now = next;
        }
    }
}
