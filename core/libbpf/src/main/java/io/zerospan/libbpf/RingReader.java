package io.zerospan.libbpf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a BPF ring buffer by its shared memory: no system call and no garbage for each record. One thread drains; any
 * thread may ask for the counters or close. Layout and ordering: kernel/bpf/ringbuf.c and libbpf's ringbuf.c.
 */
public final class RingReader implements AutoCloseable {
    /** Takes one record. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Called for each record; what it throws is counted.
         *
         * @param data a part of the ring's memory in this machine's byte order, read-only; valid only during the call
         * @param offset of the record's first byte, 8-byte aligned
         * @param length in bytes
         */
        void accept(ByteBuffer data, int offset, int length);
    }

    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int HEADER_BYTES = 8;

    /**
     * Longest record with its header: so much is mapped behind each part of the ring that a record which begins in it is
     * in one piece. The kernel shows the ring as if it stood there twice, so that holds for the last part too.
     */
    static final int OVERLAP_BYTES = 64 * 1024;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer consumer;
    private final ByteBuffer producer;
    private final RingWindow window;
    private final int size;
    private final List<Mapping> mappings;
    private boolean closed;
    private long sinkFailures;
    private long corrupt;
    private @Nullable Throwable lastFailure;

    /**
     * @param consumer begins with the consumer's position
     * @param producer begins with the producer's position
     * @param window shows the data
     * @param size of the ring
     */
    RingReader(ByteBuffer consumer, ByteBuffer producer, RingWindow window, int size, List<Mapping> mappings) {
        this.consumer = consumer;
        this.producer = producer;
        this.window = window;
        this.size = size;
        this.mappings = mappings;
    }

    /** Maps the ring's memory; the map itself may be closed before the reader. */
    public static RingReader open(BpfMap ring) throws BpfException {
        MapShape shape = ring.shape();
        if (shape.type() != MapType.RINGBUF) {
            throw new IllegalArgumentException("read map " + shape + ": it is no ring buffer");
        }
        LibBpf lib = ring.lib();
        String name = shape.toString();
        int fd = ring.fd();
        int page = lib.libc().getpagesize();
        int size = shape.maxEntries();
        if (size < 0) {
            throw new BpfException("read map " + name + ": it is larger than 1 GiB; make it smaller");
        }
        Mapping consumer = Mapping.of(lib, name, fd, 0, page, true);
        try {
            Mapping producer = Mapping.of(lib, name, fd, page, page, false);
            var window = new RingWindow(
                    (offset, length) -> Mapping.of(lib, name, fd, 2L * page + offset, length, false),
                    size,
                    Math.min(size, Math.max(page, OVERLAP_BYTES)));
            return new RingReader(consumer.buffer(), producer.buffer(), window, size, List.of(consumer, producer));
        } catch (BpfException | RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Hands every record that is committed to the sink, at most what was in the ring when it began. What the sink throws
     * is counted, and the next record follows. Returns how many records were handed over; 0 once closed.
     */
    public synchronized int drain(Sink sink) {
        if (closed) {
            return 0;
        }
        int records = 0;
        long position = (long) LONGS.getAcquire(consumer, 0);
        long end = (long) LONGS.getAcquire(producer, 0);
        while (position < end) {
            int at;
            try {
                at = window.at(position);
            } catch (BpfException e) {
                lastFailure = e; // no memory left: the next look tries again
                break;
            }
            ByteBuffer data = window.data();
            int header = (int) INTS.getAcquire(data, at); // pairs with the kernel's xchg on commit
            if ((header & BUSY) != 0) {
                break; // reserved and not yet committed; later records wait for it
            }
            int length = header & ~DISCARDED;
            long next = position + HEADER_BYTES + ((length + 7L) & ~7L);
            if (next > end) {
                corrupt++;
                next = end; // nothing sensible can follow; go on with what comes later
            } else if (length > data.capacity() - at - HEADER_BYTES) {
                corrupt++; // longer than what is mapped behind
            } else if ((header & DISCARDED) == 0) {
                hand(sink, data, at + HEADER_BYTES, length);
                records++;
                if (closed) {
                    break; // by the sink itself: the memory is gone
                }
            }
            position = next;
            LONGS.setRelease(consumer, 0, position); // the kernel may overwrite what lies behind
        }
        return records;
    }

    private void hand(Sink sink, ByteBuffer data, int offset, int length) {
        try {
            sink.accept(data, offset, length);
        } catch (Throwable e) {
            // One bad record or sink must not stop the only reader: nothing would empty the ring any more.
            sinkFailures++;
            lastFailure = e;
        }
    }

    /** Bytes that wait in the ring, headers included; 0 once closed. */
    public synchronized long fill() {
        return closed ? 0 : (long) LONGS.getAcquire(producer, 0) - (long) LONGS.getAcquire(consumer, 0);
    }

    /** Bytes that the ring holds. */
    public int capacity() {
        return size;
    }

    /** Records whose sink threw. */
    public synchronized long sinkFailures() {
        return sinkFailures;
    }

    /** What the sink threw last, or why the ring could not be read. */
    public synchronized @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    /** Times when a record's length could not be true, or more than a record may have; it was skipped. */
    public synchronized long corrupt() {
        return corrupt;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            window.close();
            mappings.forEach(Mapping::close);
        }
    }
}
