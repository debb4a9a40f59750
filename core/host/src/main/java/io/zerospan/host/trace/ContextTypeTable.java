package io.zerospan.host.trace;

import io.zerospan.gobinary.ContextType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The types that wrap a {@code context.Context}, as the collision-free hash table that
 * {@code bpf/include/zerospan/context_chain.h} looks them up in: one probe of the table per step.
 *
 * @param factor slot of a type = (its address × factor) >> 58
 * @param dropped types for which there was no room; their contexts end the walk, their spans are roots
 */
record ContextTypeTable(byte[] bytes, long factor, int dropped) {

    static final int SLOTS = 64;
    static final int SLOT_BYTES = 16;
    /** With half of the slots in use a factor is found in some 20,000 tries, a few milliseconds. */
    static final int MOST_TYPES = 32;
    /** Far more than ever needed; a bound all the same. */
    private static final int TRIES = 1_000_000;

    static ContextTypeTable of(List<ContextType> types) {
        Set<Long> seen = new HashSet<>();
        List<ContextType> distinct =
                types.stream().filter(type -> seen.add(type.typeAddress())).toList();
        List<ContextType> kept = distinct.subList(0, Math.min(distinct.size(), MOST_TYPES));
        SplittableRandom random = new SplittableRandom(types.size());
        for (int i = 0; i < TRIES; i++) {
            long factor = random.nextLong() | 1;
            if (fits(kept, factor)) {
                return new ContextTypeTable(layOut(kept, factor), factor, distinct.size() - kept.size());
            }
        }
        return new ContextTypeTable(new byte[SLOTS * SLOT_BYTES], 1, distinct.size());
    }

    private static int slot(ContextType type, long factor) {
        return (int) ((type.typeAddress() * factor) >>> 58);
    }

    private static boolean fits(List<ContextType> types, long factor) {
        long used = 0;
        for (ContextType type : types) {
            long bit = 1L << slot(type, factor);
            if ((used & bit) != 0) {
                return false;
            }
            used |= bit;
        }
        return true;
    }

    private static byte[] layOut(List<ContextType> types, long factor) {
        ByteBuffer table = ByteBuffer.allocate(SLOTS * SLOT_BYTES).order(ByteOrder.nativeOrder());
        for (ContextType type : types) {
            int at = slot(type, factor) * SLOT_BYTES;
            table.putLong(at, type.typeAddress()).putLong(at + 8, type.parentOffset());
        }
        return table.array();
    }
}
