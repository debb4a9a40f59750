package io.zerospan.host.pipeline;

import io.zerospan.api.Receiver;
import io.zerospan.api.SpanConsumer;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.trace.PushedDown;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The place of a receiver before its pipelines; its plugin may be replaced, gone, or yet to come. */
final class ReceiverSlot {
    private final ComponentId id;
    private final SpanConsumer pipelines;
    private final List<PushedDown> pushedDown;
    private ConfiguredComponents.@Nullable MadeReceiver made;

    ReceiverSlot(
            ComponentId id,
            ConfiguredComponents.@Nullable MadeReceiver made,
            SpanConsumer pipelines,
            List<PushedDown> pushedDown) {
        this.id = id;
        this.made = made;
        this.pipelines = pipelines;
        this.pushedDown = pushedDown;
    }

    ComponentId id() {
        return id;
    }

    synchronized ConfiguredComponents.@Nullable MadeReceiver made() {
        return made;
    }

    synchronized void exchange(ConfiguredComponents.@Nullable MadeReceiver other) {
        made = other;
    }

    /** Another receiver's spans would go where this one's go. */
    Feed feed(Receiver receiver) {
        return new Feed(id.toString(), receiver, pipelines, pushedDown);
    }

    Optional<Feed> feed() {
        return Optional.ofNullable(made()).map(known -> feed(known.receiver()));
    }
}
