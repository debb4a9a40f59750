package io.zerospan.api;

/** Makes receivers: components that say what to probe and how a probe's record becomes a span. */
public non-sealed interface ReceiverFactory extends ComponentFactory {

    /** Reads {@code config} and makes the receiver; starts nothing, so that {@code validate} can call it. */
    Receiver create(Config config, ComponentContext context);
}
