package io.zerospan.host.trace;

import static io.zerospan.host.trace.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.SpanShaper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownRecordsTest {
    private static final Description DESCRIPTION =
            new Description("a", StatusData.unset(), Attributes.empty(), List.of(), TraceState.getDefault());

    private final KnownRecords records = new KnownRecords();
    private final EventSource source = EventBuilder.source(SpanShaper.AS_DECLARED);

    @Test
    void record_thatCameTwice_isKnown() {
        comeTwice(anEvent().text("GET").bytes());
        assertThat(find(anEvent().times(7, 9).parent(60, 1).text("GET").bytes(), source))
                .isSameAs(DESCRIPTION);
    }

    @Test
    void record_thatCameOnce_isNotKept() {
        find(anEvent().text("GET").bytes(), source);
        records.note(source, DESCRIPTION);
        assertThat(find(anEvent().text("GET").bytes(), source)).isNull();
    }

    @Test
    void record_withAnotherText_isUnknown() {
        comeTwice(anEvent().text("GET").bytes());
        assertThat(find(anEvent().text("PUT").bytes(), source)).isNull();
    }

    @Test
    void record_ofAnotherKind_isUnknown() {
        comeTwice(anEvent().kind(2).text("GET").bytes());
        assertThat(find(anEvent().kind(3).text("GET").bytes(), source)).isNull();
    }

    @Test
    void record_ofAnotherSource_isUnknown() {
        comeTwice(anEvent().text("GET").bytes());
        assertThat(find(anEvent().text("GET").bytes(), EventBuilder.source(SpanShaper.AS_DECLARED)))
                .isNull();
    }

    @Test
    void record_withOtherBytesBehindItsText_isKnown() {
        byte[] record = anEvent().text("GET").bytes();
        comeTwice(record);
        record[record.length - 1] = 99; // of an earlier record that was longer
        assertThat(find(record, source)).isSameAs(DESCRIPTION);
    }

    @Test
    void record_longerThanIsKept_isUnknown() {
        byte[] record = anEvent().text("x".repeat(1024)).bytes();
        comeTwice(record);
        assertThat(find(record, source)).isNull();
    }

    @Test
    void record_whoseTextIsLongerThanItself_isLeftToTheDecoder() {
        byte[] record = anEvent().text("GET").bytes();
        record[Wire.EVENT_BYTES + Wire.ATTRIBUTE_AT_LENGTH] = 9;
        comeTwice(record);
        assertThat(find(record, source)).isNull();
    }

    @Test
    void clear_forgetsAll() {
        comeTwice(anEvent().text("GET").bytes());
        records.clear();
        assertThat(find(anEvent().text("GET").bytes(), source)).isNull();
    }

    private void comeTwice(byte[] record) {
        for (int i = 0; i < 2; i++) {
            find(record, source);
            records.note(source, DESCRIPTION);
        }
    }

    private @Nullable Description find(byte[] record, EventSource from) {
        return records.find(ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()), 0, record.length, from);
    }
}
