package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RingReaderTest {
    private final FakeRing ring = new FakeRing();
    private final RingReader reader = ring.reader();
    private final List<byte[]> records = new ArrayList<>();

    private void keep(ByteBuffer data, int offset, int length) {
        byte[] record = new byte[length];
        data.get(offset, record);
        records.add(record);
    }

    @Test
    void drain_twoRecords_arriveInOrderAtTrueLength() {
        ring.add(1, 3, 0);
        ring.add(9, 8, 0);
        assertThat(reader.drain(this::keep)).isEqualTo(2);
        assertThat(records).containsExactly(new byte[] {1, 2, 3}, new byte[] {9, 10, 11, 12, 13, 14, 15, 16});
        assertThat(ring.consumed()).isEqualTo(32);
    }

    @Test
    void drain_emptyRecord_isHandedOver() {
        ring.add(0, 0, 0);
        assertThat(reader.drain(this::keep)).isEqualTo(1);
        assertThat(records).containsExactly(new byte[0]);
    }

    @Test
    void drain_busyRecord_holdsBackTheLaterOnesUntilCommitted() {
        ring.add(1, 1, 0);
        long busy = ring.add(2, 1, FakeRing.BUSY);
        ring.add(3, 1, 0);
        assertThat(reader.drain(this::keep)).isEqualTo(1);
        assertThat(reader.fill()).isEqualTo(32);

        ring.header(busy, 1);
        assertThat(reader.drain(this::keep)).isEqualTo(2);
        assertThat(records).containsExactly(new byte[] {1}, new byte[] {2}, new byte[] {3});
    }

    @Test
    void drain_discardedRecord_isSkippedAndConsumed() {
        ring.add(1, 20, FakeRing.DISCARDED);
        ring.add(2, 1, 0);
        assertThat(reader.drain(this::keep)).isEqualTo(1);
        assertThat(records).containsExactly(new byte[] {2});
        assertThat(reader.fill()).isZero();
    }

    @Test
    void drain_recordAcrossTheEnd_isInOnePiece() {
        ring.startingAt(FakeRing.SIZE - 16);
        ring.add(1, 100, 0);
        assertThat(reader.drain(this::keep)).isEqualTo(1);
        assertThat(records.get(0)).hasSize(100).startsWith(1, 2).endsWith(99, 100);
    }

    @Test
    void drain_positionsBeyond32Bits_areFollowed() {
        ring.startingAt((5L << 32) + FakeRing.SIZE - 8);
        ring.add(1, 2, 0);
        ring.add(3, 2, 0);
        assertThat(reader.drain(this::keep)).isEqualTo(2);
        assertThat(records).containsExactly(new byte[] {1, 2}, new byte[] {3, 4});
    }

    @Test
    void drain_sinkThrows_countsAndGoesOn() {
        ring.add(1, 1, 0);
        ring.add(2, 1, 0);
        int handed = reader.drain((data, offset, length) -> {
            keep(data, offset, length);
            throw new StackOverflowError("deep");
        });
        assertThat(handed).isEqualTo(2);
        assertThat(records).hasSize(2);
        assertThat(reader.sinkFailures()).isEqualTo(2);
        assertThat(reader.lastFailure()).hasMessage("deep");
        assertThat(reader.fill()).isZero();
    }

    @Test
    void drain_recordsAddedMeanwhile_waitForTheNextCall() {
        ring.add(1, 1, 0);
        int handed = reader.drain((data, offset, length) -> ring.add(2, 1, 0));
        assertThat(handed).isEqualTo(1);
        assertThat(reader.drain(this::keep)).isEqualTo(1);
    }

    @Test
    void drain_lengthBeyondTheProducer_isCountedAndSkipped() {
        long position = ring.add(1, 8, 0);
        ring.header(position, FakeRing.SIZE);
        assertThat(reader.drain(this::keep)).isZero();
        assertThat(reader.corrupt()).isEqualTo(1);
        ring.add(2, 1, 0);
        assertThat(reader.drain(this::keep)).isEqualTo(1);
    }

    @Test
    void drain_afterClose_doesNothing() {
        ring.add(1, 1, 0);
        reader.close();
        reader.close();
        assertThat(reader.drain(this::keep)).isZero();
        assertThat(reader.fill()).isZero();
    }

    @Test
    void drain_sinkCloses_touchesNothingMore() {
        ring.add(1, 1, 0);
        ring.add(2, 1, 0);
        int handed = reader.drain((data, offset, length) -> reader.close());
        assertThat(handed).isEqualTo(1);
        assertThat(ring.consumed()).isZero();
    }

    @Test
    void drain_data_cannotBeWritten() {
        ring.add(1, 1, 0);
        reader.drain((data, offset, length) -> data.put(offset, (byte) 9));
        assertThat(reader.lastFailure()).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void drain_whileAnotherThreadProduces_losesAndDoublesNothing() throws Exception {
        int wanted = 50_000;
        Thread producer = new Thread(() -> {
            for (int i = 0; i < wanted; i++) {
                ring.publish(i);
            }
        });
        producer.setDaemon(true); // a reader that stops must not keep the JVM
        producer.start();
        int[] next = {0};
        while (producer.isAlive() || reader.fill() > 0) {
            reader.drain((data, offset, length) -> {
                if (data.getInt(offset) == next[0]) {
                    next[0]++;
                }
            });
        }
        producer.join();
        reader.drain((data, offset, length) -> next[0] += data.getInt(offset) == next[0] ? 1 : 0);
        assertThat(next[0]).isEqualTo(wanted);
        assertThat(reader.sinkFailures()).isZero();
    }
}
