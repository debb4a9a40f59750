package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.Receiver;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import java.util.List;

/** Everything between the kernel and the pipelines. */
public final class TraceEngine implements AutoCloseable {

    /**
     * A receiver and where its spans go.
     *
     * @param id the receiver's id in the YAML
     * @param receiver says what to probe
     * @param pipelines the first element of every pipeline that lists the receiver
     */
    public record Feed(String id, Receiver receiver, SpanConsumer pipelines) {}

    private final List<Feed> feeds;
    private final List<TargetRule> targets;
    private final Telemetry telemetry;

    public TraceEngine(List<Feed> feeds, List<TargetRule> targets, Telemetry telemetry) {
        this.feeds = feeds;
        this.targets = targets;
        this.telemetry = telemetry;
    }

    /** Loads and attaches all probes; returns when those of all running targets are armed. */
    public void start() throws ComponentException {}

    /** Detaches all probes and hands over what the ring buffer still holds. */
    @Override
    public void close() {}
}
