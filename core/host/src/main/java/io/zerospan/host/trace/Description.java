package io.zerospan.host.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/** What is the same in all spans whose records hold the same attributes: all but ids and times. */
record Description(String name, StatusData status, Attributes attributes, List<LinkData> links, TraceState state) {}
