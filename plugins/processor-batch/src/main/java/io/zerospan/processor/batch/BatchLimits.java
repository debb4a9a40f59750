package io.zerospan.processor.batch;

import java.time.Duration;

/**
 * When a batch is sent, and how large it may be.
 *
 * @param size spans that make a batch due at once; 0 makes every span due
 * @param maxSize spans in a batch at most; 0 means no limit
 * @param timeout age of the oldest span that makes a batch due; 0 makes every span due
 */
record BatchLimits(int size, int maxSize, Duration timeout) {
    /** What may wait at the least, so that small batches do not lose spans while one is handed on. */
    private static final int LEAST_CAPACITY = 65_536;

    boolean isFull(int pending) {
        return timeout.isZero() || pending >= size;
    }

    int nextBatch(int pending) {
        return maxSize == 0 ? pending : Math.min(pending, maxSize);
    }

    /** Twice a batch: one is filled while another is handed on. */
    int capacity() {
        return Math.max(LEAST_CAPACITY, 2 * Math.max(size, maxSize));
    }
}
