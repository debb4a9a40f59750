package io.zerospan.host.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ids as the record has them. Their texts, four times as large, are made for those who ask. */
final class RecordedContext implements SpanContext {
    private final long traceHigh;
    private final long traceLow;
    private final long span;
    private final boolean sampled;
    private final boolean remote;
    private final TraceState state;
    /** Two threads may both make them; they are equal, and texts need no lock to be seen whole. */
    private @Nullable String traceText;

    private @Nullable String spanText;

    RecordedContext(long traceHigh, long traceLow, long span, boolean sampled, boolean remote, TraceState state) {
        this.traceHigh = traceHigh;
        this.traceLow = traceLow;
        this.span = span;
        this.sampled = sampled;
        this.remote = remote;
        this.state = state;
    }

    @Override
    public String getTraceId() {
        String text = traceText;
        if (text == null) {
            text = TraceId.fromLongs(traceHigh, traceLow);
            traceText = text;
        }
        return text;
    }

    @Override
    public String getSpanId() {
        String text = spanText;
        if (text == null) {
            text = SpanId.fromLong(span);
            spanText = text;
        }
        return text;
    }

    @Override
    public byte[] getTraceIdBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(traceHigh)
                .putLong(traceLow)
                .array();
    }

    @Override
    public byte[] getSpanIdBytes() {
        return ByteBuffer.allocate(Long.BYTES).putLong(span).array();
    }

    @Override
    public boolean isValid() {
        return (traceHigh | traceLow) != 0 && span != 0;
    }

    @Override
    public boolean isSampled() {
        return sampled;
    }

    @Override
    public TraceFlags getTraceFlags() {
        return sampled ? TraceFlags.getSampled() : TraceFlags.getDefault();
    }

    @Override
    public TraceState getTraceState() {
        return state;
    }

    @Override
    public boolean isRemote() {
        return remote;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedContext that
                && traceHigh == that.traceHigh
                && traceLow == that.traceLow
                && span == that.span
                && sampled == that.sampled
                && remote == that.remote
                && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return Objects.hash(traceHigh, traceLow, span);
    }

    @Override
    public String toString() {
        return getTraceId() + "/" + getSpanId();
    }
}
