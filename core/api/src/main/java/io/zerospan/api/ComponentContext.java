package io.zerospan.api;

/** What the host gives to each component. */
public interface ComponentContext {

    /** The component's id in the YAML, such as {@code otlp/backup}. */
    String id();

    Telemetry telemetry();
}
