package io.zerospan.gobinary;

import java.util.Arrays;

/** Multimap from hashes to ids in 8 bytes an entry, where a HashMap of names takes 100: add all, seal, look up. */
final class HashIndex {
    private long[] entries = new long[1024];
    private int size;

    void add(int hash, int id) {
        if (size == entries.length) entries = Arrays.copyOf(entries, size * 2);
        entries[size++] = ((long) hash << 32) | (id & 0xffffffffL);
    }

    void seal() {
        entries = Arrays.copyOf(entries, size);
        Arrays.sort(entries);
    }

    /** The ids added under a hash, the smallest (unsigned) first. */
    int[] ids(int hash) {
        int from = Arrays.binarySearch(entries, (long) hash << 32);
        if (from < 0) from = -from - 1;
        int to = from;
        while (to < size && (int) (entries[to] >> 32) == hash) to++;
        int[] ids = new int[to - from];
        for (int i = 0; i < ids.length; i++) ids[i] = (int) entries[from + i];
        return ids;
    }
}
