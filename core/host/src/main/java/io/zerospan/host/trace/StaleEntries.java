package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Takes out of {@code zs_contexts} what a dead process left there. No probe trusts such entries; they only take room. */
final class StaleEntries {
    private static final int KEY_AT_TGID = 8;

    private final BpfMap contexts;

    StaleEntries(BpfMap contexts) {
        this.contexts = contexts;
    }

    /** Returns how many entries went. */
    int purge(int pid) {
        List<byte[]> dead = new ArrayList<>();
        contexts.forEachKey(key -> {
            if (belongsTo(key, pid)) {
                dead.add(key.clone());
            }
        });
        dead.forEach(contexts::delete);
        return dead.size();
    }

    private boolean belongsTo(byte[] key, int pid) {
        int tgid = intAt(key, KEY_AT_TGID);
        if (tgid != 0) {
            return tgid == pid;
        }
        byte[] entry = contexts.lookup(key); // a connection: its owner stands in the value
        return entry != null && intAt(entry, SharedMaps.ENTRY_AT_OWNER) == pid;
    }

    private static int intAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(at);
    }
}
