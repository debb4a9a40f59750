package io.zerospan.api;

/** Takes spans, changes or drops some, and hands the rest on. On {@link #close} it first hands on what it holds back. */
public interface Processor extends Component, SpanConsumer {}
