package io.zerospan.gobinary;

import java.nio.IntBuffer;
import java.security.SecureRandom;

/**
 * A digest of every byte of a file that is loaded, under a random key: two files of one fingerprint are the same, also when
 * somebody wishes they looked so. Multilinear hashing, strongly universal: 2⁻³² a page, at a nanosecond for four bytes,
 * where a cryptographic digest would take as long as reading the tables.
 */
final class Fingerprint {
    private final long[] key =
            new SecureRandom().longs(FilePages.PAGE_BYTES / Integer.BYTES + 1).toArray();

    IntBuffer of(Image image) throws GoBinaryException {
        int pages = 0;
        for (Segment segment : image.segments()) pages += pages(segment);
        IntBuffer digests = IntBuffer.allocate(pages + 3 * image.segments().size());
        for (Segment segment : image.segments()) {
            digests.put(Long.hashCode(segment.address()));
            digests.put(Long.hashCode(segment.offset()));
            digests.put((int) segment.fileBytes()); // at most 1 GiB
            long page = segment.offset() / FilePages.PAGE_BYTES;
            for (int i = 0; i < pages(segment); i++) digests.put(image.pages().digest(page + i, key));
        }
        return digests.flip();
    }

    private static int pages(Segment segment) {
        long first = segment.offset() / FilePages.PAGE_BYTES;
        return segment.fileBytes() == 0
                ? 0
                : (int) ((segment.offset() + segment.fileBytes() - 1) / FilePages.PAGE_BYTES - first + 1);
    }
}
