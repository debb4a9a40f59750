package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The map {@code zs_contexts}, into which probes write at the same time. */
interface Contexts {
    void forEachKey(Consumer<byte[]> consumer);

    byte @Nullable [] lookup(byte[] key);

    /** Removes an entry and returns what it held at that moment; null when there is none. */
    byte @Nullable [] take(byte[] key);

    /** False if there is an entry already. */
    boolean insert(byte[] key, byte[] entry);

    static Contexts of(BpfMap map) {
        return new Contexts() {
            @Override
            public void forEachKey(Consumer<byte[]> consumer) {
                map.forEachKey(consumer);
            }

            @Override
            public byte @Nullable [] lookup(byte[] key) {
                return map.lookup(key);
            }

            @Override
            public byte @Nullable [] take(byte[] key) {
                return map.take(key);
            }

            @Override
            public boolean insert(byte[] key, byte[] entry) {
                return map.insert(key, entry);
            }
        };
    }
}
