package io.zerospan.api;

import java.util.function.LongSupplier;

/** The host's own metrics, under the Collector's names. Labels are pairs: name, value, name, value. */
public interface Telemetry {

    Counter counter(String name, String... labels);

    /** A value that is read when somebody looks. */
    void gauge(String name, LongSupplier value, String... labels);

    /** Only ever grows; safe from any thread. */
    interface Counter {
        void add(long n);
    }
}
