package io.zerospan.host.trace;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.zerospan.api.SpanShaper;

/**
 * What the decoder must know of one object in one executable: the meaning of an event type.
 *
 * @param feed index of the receiver whose pipelines take the spans
 */
record EventSource(
        int type,
        int feed,
        InstrumentationScopeInfo scope,
        SpanShaper shaper,
        ProbeDeclarations declarations,
        Executable executable) {}
