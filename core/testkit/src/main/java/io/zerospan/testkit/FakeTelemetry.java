package io.zerospan.testkit;

import io.zerospan.api.Telemetry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Keeps counters and gauges in memory; a series is {@code name} or {@code name{label=value,label=value}}. */
public final class FakeTelemetry implements Telemetry {
    private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String... labels) {
        AtomicLong value = counters.computeIfAbsent(series(name, labels), unused -> new AtomicLong());
        return n -> {
            if (n < 0) {
                throw new IllegalArgumentException("counter " + name + " was given " + n + "; it only ever grows");
            }
            value.addAndGet(n);
        };
    }

    @Override
    public void gauge(String name, LongSupplier value, String... labels) {
        gauges.put(series(name, labels), value);
    }

    /** The counter's value, 0 if nobody made it. */
    public long count(String name, String... labels) {
        AtomicLong value = counters.get(series(name, labels));
        return value == null ? 0 : value.get();
    }

    /** What the gauge says now. */
    public long read(String name, String... labels) {
        LongSupplier value = gauges.get(series(name, labels));
        if (value == null) {
            throw new IllegalArgumentException("no gauge " + series(name, labels) + "; there are " + gauges.keySet());
        }
        return value.getAsLong();
    }

    private static String series(String name, String... labels) {
        if (labels.length == 0) {
            return name;
        }
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("metric " + name + ": labels are pairs of name and value");
        }
        StringBuilder text = new StringBuilder(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append('=').append(labels[i + 1]);
        }
        return text.append('}').toString();
    }
}
