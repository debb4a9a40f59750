package io.zerospan.host.trace;

import static io.zerospan.host.trace.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.SpanShaper;
import io.zerospan.api.TracedSpan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    @Test
    void ids_arePrintedInTheOrderOfTheirBytes() throws DecodeException {
        SpanData span = anEvent().decode();
        assertThat(span.getTraceId()).isEqualTo("0102030405060708090a0b0c0d0e0f10");
        assertThat(span.getSpanId()).isEqualTo("1112131415161718");
        assertThat(span.getSpanContext().isSampled()).isTrue();
    }

    @Test
    void times_areEpochNanoseconds() throws DecodeException {
        SpanData span = anEvent().times(1_000, 3_500).decode();
        assertThat(span.getStartEpochNanos()).isEqualTo(EventBuilder.BOOT + 1_000);
        assertThat(span.getEndEpochNanos()).isEqualTo(EventBuilder.BOOT + 3_500);
    }

    @Test
    void parent_none_isRoot() throws DecodeException {
        assertThat(anEvent().decode().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void parent_ofTheSameTrace_isLocal() throws DecodeException {
        SpanData span = anEvent().parent(0xa0, 0).decode();
        assertThat(span.getParentSpanId()).isEqualTo("a0a1a2a3a4a5a6a7");
        assertThat(span.getParentSpanContext().getTraceId()).isEqualTo(span.getTraceId());
        assertThat(span.getParentSpanContext().isRemote()).isFalse();
    }

    @Test
    void parent_flaggedRemote_isRemote() throws DecodeException {
        SpanData span = anEvent().parent(0xa0, Wire.FLAG_REMOTE_PARENT).decode();
        assertThat(span.getParentSpanContext().isRemote()).isTrue();
    }

    @Test
    void span_flaggedUnsampled_isNotSampledNorIsItsParent() throws DecodeException {
        SpanData span = anEvent().parent(0xa0, Wire.FLAG_UNSAMPLED).decode();
        assertThat(span.getSpanContext().isSampled()).isFalse();
        assertThat(span.getParentSpanContext().isSampled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "4, false", "8, true", "13, true"})
    void decision_ofACallerOutside_isTold(int flags, boolean decided) throws DecodeException {
        TracedSpan span = (TracedSpan) anEvent().parent(0xa0, flags).decode();
        assertThat(span.decidedUpstream()).isEqualTo(decided);
    }

    @Test
    void shaper_givesNameAndStatus() throws DecodeException {
        SpanData span = EventBuilder.decode(anEvent().bytes(), draft -> {
            draft.name("shaped");
            draft.error("500");
        });
        assertThat(span.getName()).isEqualTo("shaped");
        assertThat(span.getStatus()).isEqualTo(StatusData.error());
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("500");
    }

    @ParameterizedTest
    @CsvSource({"1184, *net.OpError", "1185, _OTHER", "0, _OTHER", "-1, _OTHER"})
    void goType_isTheTypesNameOrOther(long address, String name) throws DecodeException {
        SpanData span = anEvent().number(EventBuilder.GO_TYPE, address).decode();
        assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"1184, *example.com/net.OpError", "1185, _OTHER"})
    void goPath_isTheTypesNameWithItsPackagesPath(long address, String path) throws DecodeException {
        SpanData span = anEvent().number(EventBuilder.GO_PATH, address).decode();
        assertThat(span.getAttributes().get(AttributeKey.stringKey("path"))).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 65535})
    void attribute_ofUnknownId_isRefused(int id) {
        assertThatThrownBy(() -> anEvent().attribute(id, 1, 0, new byte[0]).decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage("attribute id " + id + " at byte 80");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 6, -1})
    void attribute_ofAnotherTypeThanDeclared_isRefused(int type) {
        assertThatThrownBy(() -> anEvent()
                        .attribute(EventBuilder.TEXT, type, 0, new byte[8])
                        .decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage("text has type " + type + " instead of 1");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0, int has 0 bytes instead of 8",
        "2, 7, int has 7 bytes instead of 8",
        "2, 9, int has 9 bytes instead of 8",
        "3, 1, bool has 1 bytes instead of 8",
        "4, 16, error.type has 16 bytes instead of 8",
        "5, 16, network.peer has 16 bytes instead of 18",
        "5, 24, network.peer has 24 bytes instead of 18",
    })
    void attribute_ofAnotherLengthThanItsTypes_isRefused(int id, int length, String message) {
        assertThatThrownBy(
                        () -> anEvent().attribute(id, id, 0, new byte[length]).decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage(message);
    }

    @Test
    void attribute_longerThanTheRecord_isRefusedWithItsPlace() {
        byte[] record = anEvent().text("abcdefgh").bytes();
        record[84] = 9;
        assertThatThrownBy(() -> EventBuilder.decode(record))
                .isInstanceOf(DecodeException.class)
                .hasMessage("attribute length 9 > 8 at byte 84");
    }

    @Test
    void attributes_fewerThanStated_areRefused() {
        byte[] record = anEvent().text("a").bytes();
        record[Wire.AT_ATTRIBUTES] = 2;
        assertThatThrownBy(() -> EventBuilder.decode(record))
                .isInstanceOf(DecodeException.class)
                .hasMessage("attribute 1 of 2 begins behind the record's end");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 65535})
    void abi_ofAnotherHost_isRefused(int abi) {
        assertThatThrownBy(() -> anEvent().abi(abi).decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage("abi " + abi + " instead of 1 at byte 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 127, -1})
    void kind_unknown_isRefused(int kind) {
        assertThatThrownBy(() -> anEvent().kind(kind).decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage("kind " + kind + " at byte 12");
    }

    @Test
    void decode_recordLikeOneBefore_hasItsOwnIdsAndTimes() throws Exception {
        EventDecoder decoder = EventBuilder.decoder();
        EventSource source = EventBuilder.source(SpanShaper.AS_DECLARED);
        for (int i = 0; i < 3; i++) { // from the third on it is known
            byte[] record = anEvent()
                    .times(1_000 + i, 3_500)
                    .parent(40 + i, 0)
                    .text("GET")
                    .bytes();
            SpanData span = decoder.decode(
                    ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()), 0, record.length, source, Resource.empty());
            assertThat(span.getStartEpochNanos()).isEqualTo(EventBuilder.BOOT + 1_000 + i);
            assertThat(span.getParentSpanId()).startsWith(Integer.toHexString(40 + i));
            assertThat(span.getAttributes().get(AttributeKey.stringKey("text"))).isEqualTo("GET");
        }
    }

    @Test
    void ids_ofZeros_areRefused() {
        assertThatThrownBy(() -> anEvent().noTrace().decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage("trace id of zeros at byte 40");
        assertThatThrownBy(() -> anEvent().noSpan().decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage("span id of zeros at byte 56");
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "-2, -1", "-1, 5", "0, 9223372036854775807"})
    void times_thatNoClockCanShow_areRefused(long start, long end) {
        assertThatThrownBy(() -> anEvent().times(start, end).decode())
                .isInstanceOf(DecodeException.class)
                .hasMessage("span from " + start + " to " + end + " at byte 24");
    }
}
