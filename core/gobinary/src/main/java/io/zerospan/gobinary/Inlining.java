package io.zerospan.gobinary;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which functions were inlined into others, and into how many: a probe on such a function misses those calls. */
final class Inlining {
    private static final int RECORD_BYTES = 16;
    private static final int RECORD_BYTES_118 = 20;

    /** Offset of a name → number of functions that hold a copy. */
    private final Map<Integer, Integer> copies;
    /** Hash of a name → its offset. */
    private final HashIndex names;

    private Inlining(Map<Integer, Integer> copies, HashIndex names) {
        this.copies = copies;
        this.names = names;
    }

    static Inlining read(Image image, Functions functions, boolean layout118) throws GoBinaryException {
        image.reading("inlining tables");
        int recordBytes = layout118 ? RECORD_BYTES_118 : RECORD_BYTES;
        int nameAt = layout118 ? 12 : 4;
        Map<Integer, Integer> copies = new HashMap<>();
        Set<Integer> names = new HashSet<>();
        for (int function = 0; function < functions.count(); function++) {
            long tree = functions.inlineTree(function);
            PcValues indexes = tree == 0 ? null : functions.inlineIndexes(function);
            if (indexes == null) continue;
            names.clear();
            int last = lastIndex(indexes, functions.end(function) - functions.start(function));
            for (int i = 0; i <= last; i++) {
                long record = tree + (long) i * recordBytes;
                // an inlined wrapper calls (or holds a copy of, with its own record) the function it wraps
                int funcId = image.u8(record + (layout118 ? 2 : 0));
                if (!functions.isWrapperId(funcId)) names.add(image.i32(record + nameAt));
            }
            names.remove(functions.nameOffset(function)); // a recursive function may hold a copy of itself
            for (Integer name : names) copies.merge(name, 1, Integer::sum);
        }
        HashIndex byName = new HashIndex();
        for (int name : copies.keySet()) byName.add(functions.nameHash(name), name);
        byName.seal();
        return new Inlining(copies, byName);
    }

    /** Every inlined call has an instruction of its own, if only a NOP: more calls than bytes is damage. */
    private static int lastIndex(PcValues indexes, long functionBytes) throws GoBinaryException {
        int last = -1;
        while (indexes.next()) {
            if (indexes.value() < functionBytes) last = Math.max(last, indexes.value());
        }
        return last;
    }

    /** Number of functions that hold a copy of the function whose name is at this offset. */
    int copies(int nameOffset) {
        return copies.getOrDefault(nameOffset, 0);
    }

    /** The same for a function that may have no address of its own. */
    int copies(Functions functions, String name) throws GoBinaryException {
        for (int offset : names.ids(Strings.hash(name))) {
            if (functions.nameAt(offset).equals(name)) return copies(offset);
        }
        return 0;
    }
}
