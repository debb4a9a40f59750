package io.zerospan.exporter.viewer;

import static io.zerospan.testkit.TestSpanBuilder.START_EPOCH_NANOS;
import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.testkit.TestSpanBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

class ZipkinSpanTest {

    @Test
    void server_hasServiceTimesAndScope() {
        Span span = ZipkinSpan.of(aSpan().build());
        assertThat(span.localServiceName()).isEqualTo("shop");
        assertThat(span.timestamp()).isEqualTo(START_EPOCH_NANOS / 1000);
        assertThat(span.duration()).isEqualTo(50_000);
        assertThat(span.kind()).isEqualTo(Span.Kind.SERVER);
        assertThat(span.tags()).containsEntry("otel.scope.name", "zerospan.http_server");
        assertThat(span.parentId()).isNull();
        assertThat(span.shared()).isNull();
    }

    @Test
    void duration_belowAMicrosecond_isOne() {
        assertThat(ZipkinSpan.of(aSpan().duration(Duration.ofNanos(3)).build()).duration())
                .isEqualTo(1);
    }

    @Test
    void client_remoteIsServerAddressWithThePeersIpAndPort() {
        Span span = ZipkinSpan.of(client().attribute("server.address", "bank")
                .attribute("server.port", 443)
                .attribute("network.peer.address", "10.0.0.7")
                .attribute("network.peer.port", 8443)
                .build());
        assertThat(span.remoteEndpoint())
                .isEqualTo(Endpoint.newBuilder()
                        .serviceName("bank")
                        .ip("10.0.0.7")
                        .port(8443)
                        .build());
    }

    @Test
    void client_peerServiceWins() {
        Span span = ZipkinSpan.of(client().attribute("server.address", "10.0.0.7")
                .attribute("peer.service", "bank")
                .build());
        assertThat(span.remoteServiceName()).isEqualTo("bank");
        assertThat(span.remoteEndpoint().ipv4()).isEqualTo("10.0.0.7");
    }

    @Test
    void client_addressAlone_isNoName() {
        assertThat(ZipkinSpan.of(client().attribute("network.peer.address", "::1")
                                .build())
                        .remoteEndpoint())
                .isEqualTo(Endpoint.newBuilder().ip("::1").build());
    }

    @Test
    void server_peer_hasAnAddressButNoName() {
        Span span = ZipkinSpan.of(aSpan().attribute("network.peer.address", "10.0.0.7")
                .attribute("network.peer.port", 99_999)
                .attribute("server.address", "shop.example")
                .build());
        assertThat(span.remoteEndpoint())
                .isEqualTo(Endpoint.newBuilder().ip("10.0.0.7").build());
    }

    @Test
    void status_error_isTaggedEvenWithoutDescription() {
        Span span = ZipkinSpan.of(
                aSpan().status(StatusData.create(StatusCode.ERROR, "")).build());
        assertThat(span.tags()).containsEntry("otel.status_code", "ERROR").containsEntry("error", "");
    }

    @Test
    void status_unset_isNotTagged() {
        assertThat(ZipkinSpan.of(aSpan().build()).tags()).doesNotContainKeys("otel.status_code", "error");
    }

    @Test
    void internal_hasNoKind() {
        assertThat(ZipkinSpan.of(aSpan().kind(SpanKind.INTERNAL).build()).kind())
                .isNull();
    }

    @Test
    void attributes_listsAreJson() {
        Span span = ZipkinSpan.of(aSpan().attribute("n", 200)
                .attribute(AttributeKey.stringArrayKey("list"), List.of("a\"", "b"))
                .build());
        assertThat(span.tags()).containsEntry("n", "200").containsEntry("list", "[\"a\\\"\",\"b\"]");
    }

    @Test
    void event_isAnAnnotation() {
        Span span = ZipkinSpan.of(
                aSpan().event(START_EPOCH_NANOS, "retry", Attributes.of(AttributeKey.longKey("count"), 2L))
                        .build());
        assertThat(span.annotations())
                .containsExactly(Annotation.create(START_EPOCH_NANOS / 1000, "\"retry\": {\"count\":2}"));
    }

    private static TestSpanBuilder client() {
        return aSpan().kind(SpanKind.CLIENT);
    }
}
