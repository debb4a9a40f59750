package io.zerospan.host.trace;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of records that came twice. What a program does it does again: most records differ from one before in
 * ids and times alone, and to compare them takes a tenth of what it takes to describe them anew. For one thread.
 */
final class KnownRecords {
    /** Places; a record that comes where another one is takes its place. A power of two. */
    private static final int PLACES = 1024;

    /** Longest record that is worth a comparison, in words; longer ones hold texts that seldom come twice. */
    private static final int LONGEST = 128;

    private static final int WORD = Long.BYTES;
    /** Of the header's fourth word: the kind and how many attributes there are. */
    private static final int KIND_AND_COUNT = 0x00ff00ff;

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

    private int used;
    private long hash;

    /** The description of a record like this one; null if none is known. */
    @Nullable Description find(ByteBuffer record, int at, int length, EventSource source) {
        used = read(record, at, length);
        if (used == 0) {
            return null;
        }
        hash = hash(source);
        Known known = places[place()];
        return known != null
                        && known.source == source
                        && Arrays.equals(known.words, 0, known.words.length, words, 0, used)
                ? known.description
                : null;
    }

    /** Notes the description of the record that was looked for last. */
    void note(EventSource source, Description description) {
        if (used == 0) {
            return;
        }
        int place = place();
        if (seen[place] == hash) {
            places[place] = new Known(source, Arrays.copyOf(words, used), description);
        }
        seen[place] = hash;
    }

    /** Lets go of everything, and so of plugins that are gone. */
    void clear() {
        Arrays.fill(places, null);
    }

    /** Copies what the description depends on. Behind a value lies what was there before: it is left out. */
    private int read(ByteBuffer record, int at, int length) {
        words[0] = record.getInt(at + Wire.AT_KIND) & KIND_AND_COUNT;
        int count = 1;
        int end = at + length;
        int position = at + Wire.EVENT_BYTES;
        if (length > LONGEST * WORD) {
            return 0;
        }
        while (position < end) {
            if (end - position < Wire.ATTRIBUTE_BYTES) {
                return 0;
            }
            words[count++] = record.getLong(position);
            int size = record.getInt(position + Wire.ATTRIBUTE_AT_LENGTH);
            position += Wire.ATTRIBUTE_BYTES;
            if (size < 0 || ((size + WORD - 1L) & -WORD) > end - position) {
                return 0; // the decoder says what is wrong with it
            }
            for (; size >= WORD; size -= WORD, position += WORD) {
                words[count++] = record.getLong(position);
            }
            if (size > 0) {
                words[count++] = first(record.getLong(position), size);
                position += WORD;
            }
        }
        return count;
    }

    /** The first bytes of a word; both of our architectures begin with the lowest. */
    private static long first(long word, int bytes) {
        return word & (1L << bytes * Byte.SIZE) - 1;
    }

    private long hash(EventSource source) {
        long mixed = source.type();
        for (int i = 0; i < used; i++) {
            mixed = (mixed ^ words[i]) * 0x9e3779b97f4a7c15L; // an odd number with bits all over
            mixed ^= mixed >>> 32;
        }
        return mixed;
    }

    private int place() {
        return (int) hash & (PLACES - 1);
    }
}
