package io.zerospan.host.telemetry;

import io.zerospan.api.Telemetry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** The metrics of one component: its gauges end with it, its counters keep what they have counted. */
public final class ComponentMetrics implements Telemetry, AutoCloseable {
    private final Metrics metrics;
    private final List<Runnable> gauges = new CopyOnWriteArrayList<>();

    public ComponentMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Counter counter(String name, String... labels) {
        return metrics.counter(name, labels);
    }

    @Override
    public void gauge(String name, LongSupplier value, String... labels) {
        metrics.gauge(name, value, labels);
        gauges.add(() -> metrics.removeGauge(name, value, labels));
    }

    @Override
    public void close() {
        gauges.forEach(Runnable::run);
        gauges.clear();
    }
}
