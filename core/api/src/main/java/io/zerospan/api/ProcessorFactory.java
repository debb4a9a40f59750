package io.zerospan.api;

/** Makes processors: components between receivers and exporters, in the order listed. */
public non-sealed interface ProcessorFactory extends ComponentFactory {

    /** Reads {@code config} and makes a processor that hands its spans to {@code next}; starts nothing. */
    Processor create(Config config, ComponentContext context, SpanConsumer next);
}
