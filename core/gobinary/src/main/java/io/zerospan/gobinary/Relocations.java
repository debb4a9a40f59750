package io.zerospan.gobinary;

import java.util.Arrays;

/** The relative relocations of a position-independent program: address of a pointer → where it points to. */
final class Relocations {
    static final Relocations NONE = new Relocations(new long[0], new long[0]);

    /** At most 4 million entries, 64 MiB of heap; a 100 MB position-independent program has about a million. */
    private static final int INDEX_BITS = 22;

    private static final int MAX_COUNT = 1 << INDEX_BITS;
    /** Keeps address and index in one long; user addresses on disk lie far below. */
    private static final long MAX_ADDRESS = 1L << (62 - INDEX_BITS);

    /** A dynamic section has some dozen entries. */
    private static final int MAX_DYNAMIC_BYTES = 1 << 16;

    private static final int ENTRY_BYTES = 24;
    private static final int DT_RELA = 7;
    private static final int DT_RELASZ = 8;
    private static final int X86_64_RELATIVE = 8;
    private static final int AARCH64_RELATIVE = 1027;

    private final long[] addresses;
    private final long[] values;

    private Relocations(long[] addresses, long[] values) {
        this.addresses = addresses;
        this.values = values;
    }

    static Relocations read(FilePages pages, Image image) throws GoBinaryException {
        pages.reading("relocations");
        ElfHeader.Range dynamic = image.header().dynamic();
        long table = 0;
        long bytes = 0;
        long end = dynamic.offset() + Math.min(dynamic.length(), MAX_DYNAMIC_BYTES);
        for (long at = dynamic.offset(); at + 16 <= end; at += 16) {
            long tag = pages.i64(at);
            if (tag == 0) break;
            if (tag == DT_RELA) table = pages.i64(at + 8);
            if (tag == DT_RELASZ) bytes = pages.i64(at + 8);
        }
        if (table == 0 || bytes == 0) return NONE;
        if (bytes < 0 || bytes / ENTRY_BYTES >= MAX_COUNT) {
            throw pages.failure(bytes + " bytes of relocations are more than the limit of " + MAX_COUNT + " entries");
        }
        return read(
                pages,
                image.offset(table, bytes),
                (int) (bytes / ENTRY_BYTES),
                image.header().machine());
    }

    private static Relocations read(FilePages pages, long offset, int count, int machine) throws GoBinaryException {
        int relative = machine == ElfHeader.AMD64 ? X86_64_RELATIVE : AARCH64_RELATIVE;
        long[] addresses = new long[count];
        long[] values = new long[count];
        int found = 0;
        boolean sorted = true;
        for (int i = 0; i < count; i++) {
            long at = offset + (long) i * ENTRY_BYTES;
            if (pages.i64(at + 8) != relative) continue;
            addresses[found] = pages.i64(at);
            if (addresses[found] < 0 || addresses[found] > MAX_ADDRESS) {
                throw pages.failure("an address that cannot be, at offset 0x" + Long.toHexString(at));
            }
            values[found] = pages.i64(at + 16);
            sorted &= found == 0 || addresses[found] > addresses[found - 1];
            found++;
        }
        addresses = Arrays.copyOf(addresses, found);
        values = Arrays.copyOf(values, found);
        return sorted ? new Relocations(addresses, values) : sort(addresses, values);
    }

    private static Relocations sort(long[] addresses, long[] values) {
        long[] order = new long[addresses.length]; // address and index packed: no boxing for a million entries
        for (int i = 0; i < order.length; i++) order[i] = addresses[i] << INDEX_BITS | i;
        Arrays.sort(order);
        long[] sortedAddresses = new long[order.length];
        long[] sortedValues = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            int from = (int) order[i] & (MAX_COUNT - 1);
            sortedAddresses[i] = addresses[from];
            sortedValues[i] = values[from];
        }
        return new Relocations(sortedAddresses, sortedValues);
    }

    int count() {
        return addresses.length;
    }

    /** Index of the relocation of the pointer at an address, negative if there is none. */
    int at(long address) {
        return addresses.length == 0 ? -1 : Arrays.binarySearch(addresses, address);
    }

    long address(int index) {
        return addresses[index];
    }

    long value(int index) {
        return values[index];
    }
}
