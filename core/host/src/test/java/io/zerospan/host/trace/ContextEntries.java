package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What stands in {@code zs_contexts}, for tests of what must not. */
public final class ContextEntries {
    private ContextEntries() {}

    /** The keys of all entries that belong to a process, as text. */
    public static List<String> of(TraceEngine engine, int pid) {
        BpfMap contexts = engine.contexts();
        if (contexts == null) {
            throw new IllegalStateException("the engine has not started");
        }
        List<String> found = new ArrayList<>();
        contexts.forEachKey(key -> {
            ByteBuffer fields = ByteBuffer.wrap(key).order(ByteOrder.nativeOrder());
            int owner = fields.getInt(8);
            byte[] entry = owner == 0 ? contexts.lookup(key) : null;
            if (entry != null) {
                owner = ByteBuffer.wrap(entry).order(ByteOrder.nativeOrder()).getInt(SharedMaps.ENTRY_AT_OWNER);
            }
            if (owner == pid) {
                found.add("kind " + fields.getShort(12) + " id " + Long.toHexString(fields.getLong(0)));
            }
        });
        return found;
    }
}
