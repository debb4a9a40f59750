package io.zerospan.host.trace;

import static io.zerospan.host.trace.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request's headers become: lists by their names, links, tracestate. */
class EventHeadersTest {
    private static final AttributeKey<List<String>> TENANT =
            AttributeKey.stringArrayKey("http.request.header.x-tenant");

    @Test
    void namedTexts_areAListByTheirNameInLowerCase() throws DecodeException {
        SpanData span = anEvent()
                .named("X-Tenant", "acme", 0)
                .named("X-Other", "x", 0)
                .named("X-Tenant", "", 0)
                .decode();
        assertThat(span.getAttributes().get(TENANT)).containsExactly("acme", "");
        assertThat(span.getAttributes().size()).isEqualTo(2);
    }

    @Test
    void namedText_thatIsCut_isNamedSo() throws DecodeException {
        SpanData span = anEvent().named("X-Tenant", "acme", Wire.ATTRIBUTE_CUT).decode();
        assertThat(span.getAttributes().get(AttributeKey.stringArrayKey("zerospan.cut")))
                .containsExactly("http.request.header.x-tenant");
    }

    @Test
    void name_thatFillsItsRoom_isWhole() throws DecodeException {
        SpanData span = anEvent().named("x".repeat(48), "acme", 0).decode();
        assertThat(span.getAttributes().get(AttributeKey.stringArrayKey("http.request.header." + "x".repeat(48))))
                .containsExactly("acme");
    }

    @Test
    void link_isToARemoteSpan() throws DecodeException {
        SpanData span = anEvent()
                .link("0123456789abcdefABCDEFGH".getBytes(StandardCharsets.US_ASCII), Wire.FLAG_UNSAMPLED)
                .decode();
        assertThat(span.getLinks()).singleElement().satisfies(link -> {
            assertThat(link.getSpanContext().getTraceId()).isEqualTo("30313233343536373839616263646566");
            assertThat(link.getSpanContext().getSpanId()).isEqualTo("4142434445464748");
            assertThat(link.getSpanContext().isSampled()).isFalse();
            assertThat(link.getSpanContext().isRemote()).isTrue();
        });
    }

    @Test
    void link_toNoSpan_isNone() throws DecodeException {
        assertThat(anEvent().link(new byte[24], 0).decode().getLinks()).isEmpty();
    }

    @Test
    void tracestate_ofSeveralLines_isOne() throws DecodeException {
        SpanData span = anEvent()
                .attribute(
                        EventBuilder.TRACE_STATE, AttributeType.TEXT.code(), 0, "a=1".getBytes(StandardCharsets.UTF_8))
                .attribute(
                        EventBuilder.TRACE_STATE, AttributeType.TEXT.code(), 0, "b=2".getBytes(StandardCharsets.UTF_8))
                .decode();
        assertThat(span.getSpanContext().getTraceState().asMap())
                .containsEntry("a", "1")
                .containsEntry("b", "2");
        assertThat(span.getAttributes().isEmpty()).isTrue();
    }
}
