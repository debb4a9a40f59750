package io.zerospan.gobinary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A digest of every byte of a file that is loaded, under a random key: two files of one fingerprint are the same, also when
 * somebody wishes they looked so. NH, the universal hash of UMAC (RFC 4418): two pages that differ have one digest with
 * a chance of 2⁻³², at a third of a nanosecond a byte at most; a cryptographic digest takes longer than reading the tables.
 */
final class Fingerprint {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] key =
            new SecureRandom().ints(FilePages.PAGE_BYTES / Integer.BYTES).toArray();

    LongBuffer of(Image image) throws GoBinaryException {
        int pages = 0;
        for (Segment segment : image.segments()) pages += pages(segment);
        LongBuffer digests = LongBuffer.allocate(pages + 3 * image.segments().size());
        for (Segment segment : image.segments()) {
            digests.put(segment.address());
            digests.put(segment.offset());
            digests.put(segment.fileBytes());
            long page = segment.offset() / FilePages.PAGE_BYTES;
            for (int i = 0; i < pages(segment); i++)
                digests.put(digest(image.pages(), (page + i) * FilePages.PAGE_BYTES));
        }
        return digests.flip();
    }

    /** The file's end is as if zeros followed. */
    private long digest(FilePages pages, long offset) throws GoBinaryException {
        byte[] page = pages.bytes(offset, (int) Math.min(FilePages.PAGE_BYTES, pages.size() - offset));
        if (page.length < FilePages.PAGE_BYTES) page = Arrays.copyOf(page, FilePages.PAGE_BYTES);
        long sum = 0;
        for (int i = 0; i < key.length; i += 2) {
            long words = (long) WORDS.get(page, i * Integer.BYTES);
            sum += ((int) words + key[i] & 0xffffffffL) * ((int) (words >>> Integer.SIZE) + key[i + 1] & 0xffffffffL);
        }
        return sum;
    }

    private static int pages(Segment segment) {
        long first = segment.offset() / FilePages.PAGE_BYTES;
        return segment.fileBytes() == 0
                ? 0
                : (int) ((segment.offset() + segment.fileBytes() - 1) / FilePages.PAGE_BYTES - first + 1);
    }
}
