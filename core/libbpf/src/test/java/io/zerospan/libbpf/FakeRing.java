package io.zerospan.libbpf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A ring buffer's memory as the kernel lays it out; every byte is written twice, as the double mapping shows it. */
final class FakeRing {
    static final int SIZE = 4096;
    static final int BUSY = 1 << 31;
    static final int DISCARDED = 1 << 30;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer consumer = memory(8);
    private final ByteBuffer producer = memory(8);
    private final ByteBuffer data = memory(2 * SIZE);

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    RingReader reader() {
        return new RingReader(consumer, producer, new RingWindow(this::part, SIZE, SIZE), SIZE, List.of());
    }

    private RingWindow.Memory part(int offset, int length) {
        ByteBuffer part = data.slice(offset, length).asReadOnlyBuffer().order(ByteOrder.nativeOrder());
        return new RingWindow.Memory() {
            @Override
            public ByteBuffer buffer() {
                return part;
            }

            @Override
            public void close() {}
        };
    }

    /** As if so many bytes had gone through before. */
    FakeRing startingAt(long position) {
        consumer.putLong(0, position);
        producer.putLong(0, position);
        return this;
    }

    /** Adds a record whose bytes count up from {@code first}; returns the position of its header. */
    long add(int first, int length, int flags) {
        long position = producer.getLong(0);
        header(position, length | flags);
        for (int i = 0; i < length; i++) {
            put(position + 8 + i, (byte) (first + i));
        }
        producer.putLong(0, position + 8 + (length + 7) / 8 * 8L);
        return position;
    }

    void header(long position, int value) {
        int at = (int) (position % SIZE);
        data.putInt(at, value);
        data.putInt(at + SIZE, value);
    }

    private void put(long position, byte value) {
        int at = (int) (position % SIZE);
        data.put(at, value);
        data.put(at + SIZE, value);
    }

    long consumed() {
        return consumer.getLong(0);
    }

    /** As the kernel does it: reserve busy, move the position, write, commit; waits while the ring is full. */
    void publish(int value) {
        long position = producer.getLong(0);
        while (position - (long) LONGS.getAcquire(consumer, 0) > SIZE - 16) {
            Thread.onSpinWait();
        }
        header(position, 4 | BUSY);
        LONGS.setRelease(producer, 0, position + 16);
        int at = (int) (position % SIZE);
        data.putInt(at + 8, value);
        INTS.setRelease(data, at, 4);
    }
}
