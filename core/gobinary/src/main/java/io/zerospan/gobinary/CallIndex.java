package io.zerospan.gobinary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Every place in an amd64 program's code whose bytes may name a function: as the distance of a call or jump, or as an
 * absolute address. Some are only bytes that look so; whoever asks must look closer.
 */
final class CallIndex {
    /** Scanning more costs more time than a cheaper site saves in a program's life. */
    static final long MAX_TEXT_BYTES = 16 << 20;

    /** 16 MiB of code hold some 300,000 calls. */
    private static final int MAX_PLACES = 1 << 20;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD_BYTES = 4;
    private static final int CHUNK_BYTES = 1 << 16;

    private final HashIndex places = new HashIndex();
    private final Image image;
    private final long text;
    private int count;

    private CallIndex(Image image, long text) {
        this.image = image;
        this.text = text;
    }

    static CallIndex read(Image image, Functions functions) throws GoBinaryException {
        image.reading("calls");
        long text = functions.start(0);
        long end = functions.end(functions.count() - 1);
        CallIndex index = new CallIndex(image, text);
        BitSet starts = new BitSet((int) (end - text));
        for (int i = 0; i < functions.count(); i++) starts.set((int) (functions.start(i) - text));
        index.scan(starts, (int) (end - text));
        index.places.seal();
        return index;
    }

    private void scan(BitSet starts, int length) throws GoBinaryException {
        int absolute = (int) text;
        for (int from = 0; from < length; from += CHUNK_BYTES) {
            byte[] chunk = image.bytes(text + from, Math.min(CHUNK_BYTES + WORD_BYTES - 1, length - from));
            for (int i = 0; i + WORD_BYTES <= chunk.length; i++) {
                int word = (int) WORD.get(chunk, i);
                int near = from + i + WORD_BYTES + word;
                if (near >= 0 && near < length && starts.get(near)) add(near, from + i);
                int far = word - absolute;
                if (far >= 0 && far < length && starts.get(far)) add(far, from + i);
            }
        }
    }

    private void add(int target, int at) throws GoBinaryException {
        if (++count > MAX_PLACES) throw image.failure("more than " + MAX_PLACES + " calls", text + at);
        places.add(target, at);
    }

    /** Addresses of the four bytes that may name the function at an address. */
    long[] places(long function) {
        int[] offsets = places.ids((int) (function - text));
        long[] found = new long[offsets.length];
        for (int i = 0; i < found.length; i++) found[i] = text + offsets[i];
        return found;
    }
}
