package io.zerospan.host.trace;

/**
 * How much the kernel keeps for us.
 *
 * @param openRequests requests in flight at once, in all traced processes together, each with a call of its own
 */
public record Limits(int openRequests) {
    public static final int DEFAULT_OPEN_REQUESTS = 10_240;
    /** About 2 GiB of kernel memory. */
    public static final int MOST_OPEN_REQUESTS = 1_000_000;

    public static final Limits DEFAULT = new Limits(DEFAULT_OPEN_REQUESTS);

    /**
     * A request takes an entry for its goroutine and one for its context, its call one for its connection and, from
     * another goroutine, one more; the rest is for idle keep-alive connections, which have two each.
     */
    private static final int ENTRIES_PER_REQUEST = 6;

    /** An element of a preallocated hash: the kernel's own 48 bytes, key and value. */
    private static final long ELEMENT_BYTES = 48 + SharedMaps.KEY_BYTES + SharedMaps.ENTRY_BYTES;
    /** A bucket; there are as many as entries, rounded up to a power of two. */
    private static final long BUCKET_BYTES = 16;

    int contexts() {
        return openRequests * ENTRIES_PER_REQUEST;
    }

    /** What {@code zs_contexts} takes of the kernel's memory, whether it is used or not. */
    long kernelBytes() {
        long buckets = Long.highestOneBit(contexts() * 2L - 1);
        return contexts() * ELEMENT_BYTES + buckets * BUCKET_BYTES;
    }
}
