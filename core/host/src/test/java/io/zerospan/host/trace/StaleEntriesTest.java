package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What is removed of a former process while the next one, which has its pid, writes its own. */
class StaleEntriesTest {
    /** Above the kernel's highest pid: nobody has it. */
    private static final int PID = 5_000_000;

    private static final short OF_A_CONTEXT = 2;
    private static final long FORMER = 100;
    private static final long NEXT = 200;

    private final FakeContexts contexts = new FakeContexts();
    private final StaleEntries stale = new StaleEntries(contexts);

    private static byte[] key(long id, int pid, short kind) {
        return ByteBuffer.allocate(SharedMaps.KEY_BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(id)
                .putInt(pid)
                .putShort(kind)
                .array();
    }

    private static byte[] goroutine(long id) {
        return key(id, PID, SharedMaps.KEY_GOROUTINE);
    }

    /** Of a goroutine with one open span. */
    private static byte[] entry(long start) {
        return ByteBuffer.allocate(SharedMaps.ENTRY_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort(OpenSpans.AT_DEPTH, (short) 1)
                .putLong(OpenSpans.AT_PROCESS_START, start)
                .array();
    }

    @Test
    void openSpans_ofAFormerProcess_areTakenAndThoseOfTheNextStay() {
        contexts.insert(goroutine(1), entry(FORMER));
        contexts.insert(goroutine(2), entry(NEXT));
        assertThat(stale.takeOpenSpans(PID, NEXT, 500)).hasSize(1);
        assertThat(contexts.lookup(goroutine(1))).isNull();
        assertThat(contexts.lookup(goroutine(2))).isEqualTo(entry(NEXT));
    }

    @Test
    void openSpans_thatTheNextProcessTellsMeanwhile_areNotToldAgainAndItsOwnStay() {
        contexts.insert(goroutine(1), entry(FORMER));
        contexts.afterLookup(() -> contexts.replace(goroutine(1), entry(NEXT)));
        assertThat(stale.takeOpenSpans(PID, NEXT, 500)).isEmpty();
        assertThat(contexts.lookup(goroutine(1))).isEqualTo(entry(NEXT));
    }

    @Test
    void openSpans_thatTheNextProcessTellsMeanwhile_areNotToldAgain() {
        contexts.insert(goroutine(1), entry(FORMER));
        contexts.afterLookup(() -> contexts.take(goroutine(1)));
        assertThat(stale.takeOpenSpans(PID, NEXT, 500)).isEmpty();
    }

    @Test
    void purge_leavesWhatTheNextProcessWritesMeanwhile() {
        byte[] context = key(1, PID, OF_A_CONTEXT);
        contexts.insert(context, entry(FORMER));
        contexts.afterLookup(() -> contexts.replace(context, entry(NEXT)));
        assertThat(stale.purge(PID, NEXT)).isZero();
        assertThat(contexts.lookup(context)).isEqualTo(entry(NEXT));
    }

    @Test
    void purge_takesAllThatAFormerProcessLeft() {
        contexts.insert(key(1, PID, OF_A_CONTEXT), entry(FORMER));
        contexts.insert(key(0, PID, SharedMaps.KEY_PROCESS), entry(0));
        contexts.insert(key(1, PID + 1, OF_A_CONTEXT), entry(FORMER));
        assertThat(stale.purge(PID, NEXT)).isEqualTo(2);
        assertThat(stale.owners()).containsExactly(PID + 1);
    }
}
