package io.zerospan.host.trace;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.zerospan.api.SpanShaper;

/**
 * What the decoder must know of one object in one executable: the meaning of an event type.
 *
 * @param outlet takes the spans
 */
record EventSource(
        int type,
        Outlet outlet,
        InstrumentationScopeInfo scope,
        SpanShaper shaper,
        ProbeDeclarations declarations,
        Executable executable) {}
