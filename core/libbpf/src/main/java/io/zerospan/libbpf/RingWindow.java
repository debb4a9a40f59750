package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a ring's data that is read now. What is mapped counts as resident, page for page, though the kernel has it
 * anyway: of a ring of 16 MiB one part is mapped at a time. To go on to the next costs some 20 us, one in a thousand
 * records. Not safe for threads.
 */
final class RingWindow implements AutoCloseable {
    /** Bytes in which a record may begin, a power of two; behind them there is room for the longest. */
    static final int BYTES = 512 * 1024;

    private static final long NONE = -1;

    /** Maps a part of the ring's data, from an offset on. The data can be mapped as if it stood there twice. */
    @FunctionalInterface
    interface Source {
        Memory map(int offset, int length) throws BpfException;
    }

    /** A part of the address space, until it is closed. */
    interface Memory extends AutoCloseable {
        ByteBuffer buffer();

        @Override
        void close();
    }

    private final Source source;
    private final int size;
    private final int overlap;
    private final List<Memory> mapped = new ArrayList<>(1);
    private long begin = NONE;

    /**
     * @param size of the ring
     * @param overlap what lies behind the window's end and can be read all the same
     */
    RingWindow(Source source, int size, int overlap) {
        this.source = source;
        this.size = size;
        this.overlap = overlap;
    }

    /** Where a position of the ring stands in {@link #data}; moves the window there if need be. */
    int at(long position) throws BpfException {
        int bytes = Math.min(BYTES, size);
        int offset = (int) (position & (size - 1));
        int wanted = offset & -bytes;
        if (wanted != begin) {
            close();
            mapped.add(source.map(wanted, bytes + overlap));
            begin = wanted;
        }
        return offset - wanted;
    }

    ByteBuffer data() {
        return mapped.get(0).buffer();
    }

    @Override
    public void close() {
        begin = NONE;
        mapped.forEach(Memory::close);
        mapped.clear();
    }
}
