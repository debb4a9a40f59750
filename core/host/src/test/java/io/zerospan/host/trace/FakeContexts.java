package io.zerospan.host.trace;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A map to which something happens right after an entry was looked at, once. */
final class FakeContexts implements Contexts {
    private static final Runnable NOTHING = () -> {};

    private final Map<ByteBuffer, byte[]> entries = new LinkedHashMap<>();
    private Runnable afterLookup = NOTHING;

    void afterLookup(Runnable what) {
        afterLookup = what;
    }

    void replace(byte[] key, byte[] entry) {
        entries.put(ByteBuffer.wrap(key), entry);
    }

    @Override
    public void forEachKey(Consumer<byte[]> consumer) {
        List.copyOf(entries.keySet()).forEach(key -> consumer.accept(key.array()));
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        byte[] entry = entries.get(ByteBuffer.wrap(key));
        Runnable next = afterLookup;
        afterLookup = NOTHING;
        next.run();
        return entry;
    }

    @Override
    public byte @Nullable [] take(byte[] key) {
        return entries.remove(ByteBuffer.wrap(key));
    }

    @Override
    public boolean insert(byte[] key, byte[] entry) {
        return entries.putIfAbsent(ByteBuffer.wrap(key), entry) == null;
    }
}
