package io.zerospan.host.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of records that came twice. What a program does it does again: most records differ from one before in
 * ids and times alone, and to compare them takes a tenth of what it takes to describe them anew. Words are compared as
 * both of our architectures write them, the lowest byte first. For one thread.
 */
final class KnownRecords {
    /** Places; a record that comes where another one is takes its place. A power of two. */
    private static final int PLACES = 1024;

    /** Longest record that is worth a comparison, in words; longer ones hold texts that seldom come twice. */
    private static final int LONGEST = 128;

    private static final int WORD = Long.BYTES;
    private static final int HEADER = Wire.EVENT_BYTES / WORD;

    /** Where the header's part of what is compared is kept: the place of its last word, which does not matter here. */
    private static final int FROM = HEADER - 1;
    /** In the word of tgid, kind, flags, count and end: the kind and how many attributes there are. */
    private static final int KIND_WORD = Wire.AT_TGID / WORD;

    private static final long KIND_AND_COUNT = 0x00ff_00ff_0000_0000L;

    private static final class Known {
        private final EventSource source;
        private final long[] words;
        private final Description description;

        Known(EventSource source, long[] words, Description description) {
            this.source = source;
            this.words = words;
            this.description = description;
        }
    }

    private final @Nullable Known[] places = new Known[PLACES];
    /** What came to each place last: a record is kept when it comes again, for most of the others never will. */
    private final long[] seen = new long[PLACES];

    /** The record that was looked for last, and its hash; nothing of it if it can't be kept. */
    private final long[] words = new long[LONGEST];

    private int end;
    private long hash;
    /** The memory that was read last, and the same as words: to copy them at once takes a tenth of reading each. */
    private @Nullable ByteBuffer memory;

    private LongBuffer memoryWords = LongBuffer.allocate(0);

    /** The description of a record like this one; null if none is known. */
    @Nullable Description find(ByteBuffer record, int at, int length, EventSource source) {
        end = read(record, at, length);
        if (end == 0) {
            return null;
        }
        hash = hash(source);
        Known known = places[place()];
        return known != null
                        && known.source == source
                        && Arrays.equals(known.words, 0, known.words.length, words, FROM, end)
                ? known.description
                : null;
    }

    /** Notes the description of the record that was looked for last. */
    void note(EventSource source, Description description) {
        if (end == 0) {
            return;
        }
        int place = place();
        if (seen[place] == hash) {
            places[place] = new Known(source, Arrays.copyOfRange(words, FROM, end), description);
        }
        seen[place] = hash;
    }

    /** Lets go of everything, and so of plugins that are gone. */
    void clear() {
        Arrays.fill(places, null);
    }

    /** Copies the record and blanks out what the description does not depend on; returns where it ends, 0 if it can't. */
    private int read(ByteBuffer record, int at, int length) {
        int count = length / WORD;
        if ((at | length) % WORD != 0 || count > LONGEST) {
            return 0;
        }
        if (record != memory) {
            memory = record;
            memoryWords =
                    record.duplicate().clear().order(ByteOrder.nativeOrder()).asLongBuffer();
        }
        memoryWords.get(at / WORD, words, 0, count);
        words[FROM] = words[KIND_WORD] & KIND_AND_COUNT;
        for (int next = HEADER; next < count; ) {
            int size = (int) (words[next] >>> Integer.SIZE);
            next += 1 + (size + WORD - 1) / WORD;
            if (size < 0 || next > count || next < 0) {
                return 0; // the decoder says what is wrong with it
            }
            if (size % WORD != 0) { // behind a value stands what was there before
                words[next - 1] &= (1L << size % WORD * Byte.SIZE) - 1;
            }
        }
        return count;
    }

    private long hash(EventSource source) {
        long mixed = source.type();
        for (int i = FROM; i < end; i++) {
            mixed = (mixed ^ words[i]) * 0x9e3779b97f4a7c15L; // an odd number with bits all over
            mixed ^= mixed >>> 32;
        }
        return mixed;
    }

    private int place() {
        return (int) hash & (PLACES - 1);
    }
}
