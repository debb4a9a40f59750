package io.zerospan.host.telemetry;

import io.zerospan.api.Telemetry;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Counters and gauges in memory. Asking twice for the same name and labels gives the same counter. */
public final class Metrics implements Telemetry {
    /** Labels come from configuration, not from traffic; more series than this means that somebody labels by traffic. */
    static final int MAX_SERIES = 10_000;

    private final Map<Series, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<Series, LongSupplier> gauges = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String... labels) {
        Series series = Series.of(name, labels);
        if (counters.size() >= MAX_SERIES && !counters.containsKey(series)) {
            series = Series.of("zerospan_telemetry_series_overflow");
        }
        return counters.computeIfAbsent(series, absent -> new LongAdder())::add;
    }

    @Override
    public void gauge(String name, LongSupplier value, String... labels) {
        Series series = Series.of(name, labels);
        if (gauges.size() < MAX_SERIES || gauges.containsKey(series)) {
            gauges.put(series, value);
        }
    }

    /** Unless another value has taken its place. */
    void removeGauge(String name, LongSupplier value, String... labels) {
        gauges.remove(Series.of(name, labels), value);
    }

    /** Every series with its present value, by name; {@code name{label=value}}. */
    public SortedMap<String, Long> snapshot() {
        SortedMap<String, Long> values = new TreeMap<>();
        gauges().forEach((series, value) -> values.put(series.toString(), value));
        counters().forEach((series, value) -> values.put(series.toString(), value));
        return values;
    }

    /** Every counter with its present value, by name. */
    public SortedMap<Series, Long> counters() {
        SortedMap<Series, Long> values = new TreeMap<>();
        counters.forEach((series, counter) -> values.put(series, counter.sum()));
        return values;
    }

    SortedMap<Series, Long> gauges() {
        SortedMap<Series, Long> values = new TreeMap<>();
        gauges.forEach((series, gauge) -> values.put(series, gauge.getAsLong()));
        return values;
    }

    /** The counters that are not zero, for one line of log. */
    public String summary() {
        return counters.entrySet().stream()
                .filter(counter -> counter.getValue().sum() != 0)
                .sorted(Map.Entry.comparingByKey())
                .map(counter -> counter.getKey() + "=" + counter.getValue().sum())
                .collect(Collectors.joining(" "));
    }
}
