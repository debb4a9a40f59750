package io.zerospan.host.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes out of {@code zs_contexts} what a dead process left there, or a living one before it ran another program. No probe trusts such entries; they only take room. */
final class StaleEntries {
    private static final int KEY_AT_TGID = 8;
    private static final int KEY_AT_KIND = 12;
    private static final Set<Short> ABOUT_PROCESSES = Set.of(SharedMaps.KEY_PROCESS, SharedMaps.KEY_OWN_SPANS);

    private final Contexts contexts;

    StaleEntries(Contexts contexts) {
        this.contexts = contexts;
    }

    /**
     * Takes out the spans that a process left open when it ended, as records. Where a goroutine of the pid's next process
     * came first, its probe has told of them, and removed them.
     *
     * @param before the start of whatever has the pid now
     */
    List<byte[]> takeOpenSpans(int pid, long before, long endNanos) {
        List<byte[]> records = new ArrayList<>();
        contexts.forEachKey(key -> {
            if (shortAt(key, KEY_AT_KIND) == SharedMaps.KEY_GOROUTINE && intAt(key, KEY_AT_TGID) == pid) {
                byte[] entry = takeFormer(key, before);
                if (entry != null) {
                    records.addAll(OpenSpans.records(entry, endNanos));
                }
            }
        });
        return records;
    }

    /**
     * Of a process that has ended, and of no other that has its pid now. Returns how many entries went.
     *
     * @param before the start of whatever has the pid now
     */
    int purge(int pid, long before) {
        return purgeKeys(pid, key -> {
            if (shortAt(key, KEY_AT_KIND) == SharedMaps.KEY_PROCESS) { // it has no start where the host made it
                return Files.notExists(ProcFs.exe(pid)) && contexts.take(key) != null;
            }
            return takeFormer(key, before) != null;
        });
    }

    /** Of a living process that is no longer traced; what is noted of the process itself stays. */
    int purgeSpans(int pid) {
        return purgeKeys(
                pid, key -> !ABOUT_PROCESSES.contains(shortAt(key, KEY_AT_KIND)) && contexts.take(key) != null);
    }

    /** The processes that anything stands there of, but connections. */
    Set<Integer> owners() {
        Set<Integer> owners = new HashSet<>();
        contexts.forEachKey(key -> owners.add(intAt(key, KEY_AT_TGID)));
        return owners;
    }

    /**
     * Takes out an entry that is not the pid's next process's. That one may remove it first, tell its spans, and put its
     * own there, all between two of our steps: what comes out decides, and its own goes back.
     */
    private byte @Nullable [] takeFormer(byte[] key, long before) {
        byte[] seen = contexts.lookup(key);
        if (seen == null || startOf(seen) >= before) {
            return null;
        }
        byte[] taken = contexts.take(key);
        if (taken != null && startOf(taken) >= before) {
            contexts.insert(key, taken);
            return null;
        }
        return taken;
    }

    /** @param removed removes an entry, if it is to go */
    private int purgeKeys(int pid, Predicate<byte[]> removed) {
        List<byte[]> its = new ArrayList<>();
        contexts.forEachKey(key -> {
            if (belongsTo(key, pid)) {
                its.add(key.clone());
            }
        });
        return (int) its.stream().filter(removed).count();
    }

    private static long startOf(byte[] entry) {
        return ByteBuffer.wrap(entry).order(ByteOrder.nativeOrder()).getLong(OpenSpans.AT_PROCESS_START);
    }

    private boolean belongsTo(byte[] key, int pid) {
        int tgid = intAt(key, KEY_AT_TGID);
        if (tgid != 0) {
            return tgid == pid;
        }
        byte[] entry = contexts.lookup(key); // a connection: its owner stands in the value
        return entry != null && intAt(entry, SharedMaps.ENTRY_AT_OWNER) == pid;
    }

    private static short shortAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getShort(at);
    }

    private static int intAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(at);
    }
}
