package io.zerospan.gobinary;

/**
 * Walks a table of values by program counter: each step is a range of addresses with one value. The steps advance by at
 * least one instruction, so that a table is never longer than its function (the runtime's {@code step} in symtab.go).
 */
final class PcValues {
    private static final int MAX_VARINT_BYTES = 5;

    private final Image image;
    private final long last;
    private final int quantum;
    private long at;
    private long from;
    private long to;
    private int value = -1;
    private boolean first = true;

    PcValues(Image image, long table, long start, long end, int quantum) {
        this.image = image;
        this.at = table;
        this.to = start;
        this.last = end;
        this.quantum = quantum;
    }

    /** Moves to the next range; false at the end. */
    boolean next() throws GoBinaryException {
        if (to >= last) return false;
        long delta = varint();
        if (delta == 0 && !first) return false;
        first = false;
        value += (int) (delta >>> 1 ^ -(delta & 1));
        long bytes = varint() * quantum;
        if (bytes == 0) throw image.failure("a step of no instruction", at);
        from = to;
        to = Math.min(from + bytes, last);
        return true;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    int value() {
        return value;
    }

    private long varint() throws GoBinaryException {
        long result = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int b = image.u8(at++);
            result |= (long) (b & 0x7f) << (7 * i);
            if (b < 0x80) return result & 0xffffffffL;
        }
        throw image.failure("a number that never ends", at);
    }
}
