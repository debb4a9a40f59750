package io.zerospan.host.waterfall;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/**
 * Spans of one trace, to be shown together.
 *
 * @param spans in the order in which they came
 */
record Trace(String id, List<SpanData> spans, State state) {

    enum State {
        /** The root and the parent of every span are here. */
        COMPLETE(""),
        /** Some span's parent did not come in time. */
        INCOMPLETE("incomplete: a parent is missing"),
        /** The trace was shown before these spans ended. */
        CONTINUED("continued: ended after the trace was shown");

        private final String remark;

        State(String remark) {
            this.remark = remark;
        }

        /** Empty where there is nothing to say. */
        String remark() {
            return remark;
        }
    }

    Trace {
        spans = List.copyOf(spans);
    }
}
