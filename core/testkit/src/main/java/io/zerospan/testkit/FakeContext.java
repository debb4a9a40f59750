package io.zerospan.testkit;

import io.zerospan.api.ComponentContext;

/** A component's surroundings, with telemetry that the test can read. */
public record FakeContext(String id, FakeTelemetry telemetry) implements ComponentContext {

    public FakeContext(String id) {
        this(id, new FakeTelemetry());
    }
}
