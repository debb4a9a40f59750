package io.zerospan.exporter.zipkin;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.export.AnnotationText;
import io.zerospan.export.AttributeText;
import io.zerospan.export.RemoteEndpoint;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.reporter.BytesEncoder;
import zipkin2.reporter.Encoding;

/**
 * Stands between OpenTelemetry's transformer and the sender, and adds what the transformer leaves out of
 * https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/: the remote endpoint by anything but
 * {@code peer.service}, lists and events as JSON, a service name of our own where there is none. The transformer hands
 * on its span alone, so {@link #expect} says beforehand which spans will come, in their order.
 */
final class CompletingEncoder implements BytesEncoder<Span> {
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

    private final BytesEncoder<Span> encoder;
    private final String defaultServiceName;
    private Iterator<SpanData> expected = Collections.emptyIterator();

    CompletingEncoder(BytesEncoder<Span> encoder, String defaultServiceName) {
        this.encoder = encoder;
        this.defaultServiceName = defaultServiceName;
    }

    void expect(List<SpanData> spans) {
        expected = spans.iterator();
    }

    @Override
    public byte[] encode(Span span) {
        SpanData origin = expected.next();
        if (!origin.getSpanId().equals(span.id())) {
            throw new IllegalStateException("span " + span.id() + " came where " + origin.getSpanId() + " was due");
        }
        return encoder.encode(complete(span, origin));
    }

    private Span complete(Span span, SpanData origin) {
        Span.Builder whole = span.toBuilder().remoteEndpoint(RemoteEndpoint.of(origin));
        String service = origin.getResource().getAttribute(SERVICE_NAME);
        if (service == null || service.isEmpty()) {
            whole.localEndpoint(
                    Endpoint.newBuilder().serviceName(defaultServiceName).build());
        }
        origin.getAttributes().forEach((key, value) -> {
            if (value instanceof List<?>) {
                whole.putTag(key.getKey(), AttributeText.of(value));
            }
        });
        whole.clearAnnotations();
        origin.getEvents()
                .forEach(event -> whole.addAnnotation(
                        TimeUnit.NANOSECONDS.toMicros(event.getEpochNanos()), AnnotationText.of(event)));
        return whole.build();
    }

    @Override
    public Encoding encoding() {
        return encoder.encoding();
    }

    @Override
    public int sizeInBytes(Span span) {
        return encoder.sizeInBytes(span);
    }
}
