package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The spans that stand open in a goroutine's entry of {@code zs_contexts}; the twin of {@code abandoned.h}. */
final class OpenSpans {
    /** {@code ZS_STACK_MAX}. */
    static final int FRAMES = 4;

    static final int FRAME_BYTES = 32;
    static final int AT_KEY_TGID = 8;
    private static final int KEY_AT_KIND = 12;
    static final int AT_SEQUENCE = 16;
    static final int AT_DEPTH = 20;
    static final int AT_PROCESS_START = 24;
    static final int AT_TRACE_ID = 32;
    static final int AT_BASE_PARENT = 48;
    static final int AT_FRAMES = 128;
    static final int FRAME_AT_START = 8;
    static final int FRAME_AT_HOOK = 24;
    static final int FRAME_AT_FLAGS = 28;
    /** {@code ZS_END_EXIT}. */
    static final byte END_EXIT = 3;

    private OpenSpans() {}

    /** Records of spans that end at {@code endNanos}, as the process did, innermost first. */
    static List<byte[]> records(byte[] entry, long endNanos) {
        ByteBuffer from = ByteBuffer.wrap(entry).order(ByteOrder.nativeOrder());
        List<byte[]> records = new ArrayList<>();
        int depth = from.getShort(AT_DEPTH);
        if (depth > FRAMES || (from.getInt(AT_SEQUENCE) & 1) != 0) {
            return records; // half written
        }
        for (int frame = depth - 1; frame >= 0; frame--) {
            int at = AT_FRAMES + frame * FRAME_BYTES;
            if ((from.get(at + FRAME_AT_FLAGS) & Wire.FLAG_SILENT) == 0) {
                long parent = frame > 0 ? from.getLong(at - FRAME_BYTES) : from.getLong(AT_BASE_PARENT);
                records.add(record(from, at, parent, endNanos));
            }
        }
        return records;
    }

    /** Types of all spans that are open in any goroutine, also in one that is just being written. */
    static Set<Integer> types(BpfMap contexts) {
        Set<Integer> types = new HashSet<>();
        contexts.forEachKey(key -> {
            if (ByteBuffer.wrap(key).order(ByteOrder.nativeOrder()).getShort(KEY_AT_KIND) == SharedMaps.KEY_GOROUTINE) {
                byte[] entry = contexts.lookup(key);
                if (entry != null) {
                    types.addAll(types(entry));
                }
            }
        });
        return types;
    }

    static List<Integer> types(byte[] entry) {
        ByteBuffer from = ByteBuffer.wrap(entry).order(ByteOrder.nativeOrder());
        List<Integer> types = new ArrayList<>();
        for (int frame = 0; frame < Math.min(FRAMES, from.getShort(AT_DEPTH)); frame++) {
            types.add(from.getInt(AT_FRAMES + frame * FRAME_BYTES + FRAME_AT_HOOK));
        }
        return types;
    }

    private static byte[] record(ByteBuffer from, int at, long parent, long endNanos) {
        ByteBuffer record = ByteBuffer.allocate(Wire.EVENT_BYTES).order(ByteOrder.nativeOrder());
        record.putShort(Wire.AT_ABI, (short) Wire.ABI);
        record.putShort(Wire.AT_TYPE, (short) from.getInt(at + FRAME_AT_HOOK));
        record.putInt(Wire.AT_LENGTH, Wire.EVENT_BYTES);
        record.putInt(Wire.AT_TGID, from.getInt(AT_KEY_TGID));
        record.put(Wire.AT_FLAGS, (byte) (from.get(at + FRAME_AT_FLAGS) | Wire.FLAG_ABANDONED));
        record.put(Wire.AT_END_REASON, END_EXIT);
        record.putLong(Wire.AT_GOID, from.getLong(0));
        record.putLong(Wire.AT_START, from.getLong(at + FRAME_AT_START));
        record.putLong(Wire.AT_END, endNanos);
        record.put(Wire.AT_TRACE_ID, from.array(), AT_TRACE_ID, 16);
        record.putLong(Wire.AT_SPAN_ID, from.getLong(at));
        record.putLong(Wire.AT_PARENT_ID, parent);
        record.putLong(Wire.AT_PROCESS_START, from.getLong(AT_PROCESS_START));
        return record.array();
    }
}
