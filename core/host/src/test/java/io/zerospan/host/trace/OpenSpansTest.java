package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a process leaves open when it ends becomes spans. */
class OpenSpansTest {
    private final ByteBuffer entry = ByteBuffer.allocate(SharedMaps.ENTRY_BYTES).order(ByteOrder.nativeOrder());

    private void frames(int... flags) {
        entry.putShort(OpenSpans.AT_DEPTH, (short) flags.length).putLong(OpenSpans.AT_TRACE_ID, 5);
        for (int i = 0; i < Math.min(flags.length, OpenSpans.FRAMES); i++) {
            int at = OpenSpans.AT_FRAMES + i * OpenSpans.FRAME_BYTES;
            entry.putLong(at, i + 1).putLong(at + OpenSpans.FRAME_AT_START, 100 + i);
            entry.put(at + OpenSpans.FRAME_AT_FLAGS, (byte) flags[i]);
        }
    }

    private List<byte[]> records() {
        return OpenSpans.records(entry.array(), 500);
    }

    @Test
    void spans_withinOneAnother_endInnermostFirstAndKeepTheirParents() throws DecodeException {
        frames(Wire.FLAG_REMOTE_PARENT, 0);
        entry.putLong(OpenSpans.AT_BASE_PARENT, 9);
        SpanData inner = EventBuilder.decode(records().get(0));
        SpanData outer = EventBuilder.decode(records().get(1));
        assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
        assertThat(SpanId.isValid(outer.getParentSpanId())).isTrue();
        assertThat(outer.getParentSpanContext().isRemote()).isTrue();
        assertThat(inner.getEndEpochNanos() - inner.getStartEpochNanos()).isEqualTo(399);
    }

    @Test
    void span_ofAnEndedProcess_isAnErrorOfTheDeclaredKind() throws DecodeException {
        frames(0);
        SpanData span = EventBuilder.decode(records().get(0));
        assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().asMap().values()).containsExactly("process_exit");
    }

    @Test
    void span_thatASamplerDecidedAgainst_leavesNoRecord() {
        frames(0, Wire.FLAG_SILENT);
        assertThat(records()).hasSize(1);
    }

    @Test
    void types_areThoseOfAllOpenSpans_alsoWhereOneIsJustWritten() {
        frames(0, Wire.FLAG_SILENT);
        entry.putInt(OpenSpans.AT_SEQUENCE, 3);
        entry.putInt(OpenSpans.AT_FRAMES + OpenSpans.FRAME_AT_HOOK, 7);
        entry.putInt(OpenSpans.AT_FRAMES + OpenSpans.FRAME_BYTES + OpenSpans.FRAME_AT_HOOK, 8);
        assertThat(OpenSpans.types(entry.array())).containsExactly(7, 8);
    }

    @Test
    void entry_halfWrittenOrImpossible_givesNothing() {
        frames(0);
        entry.putInt(OpenSpans.AT_SEQUENCE, 3);
        assertThat(records()).isEmpty();
        entry.putInt(OpenSpans.AT_SEQUENCE, 4).putShort(OpenSpans.AT_DEPTH, (short) 5);
        assertThat(records()).isEmpty();
    }
}
