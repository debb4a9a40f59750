package io.zerospan.gobinary;

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

    private static final int DISTANCE_BYTES = 4;

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
        int length = (int) (end - text);
        image.pages().forEachReference(image.offset(text, length), length, text, (at, target) -> {
            if (starts.get(target)) index.add(target, at);
        });
        index.places.seal();
        return index;
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
