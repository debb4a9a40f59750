package io.zerospan.exporter.zipkin;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.zipkin.ZipkinSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.export.Delivered;
import io.zerospan.export.HttpPost;
import io.zerospan.export.PostOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;
import zipkin2.reporter.BytesEncoder;

/** OpenTelemetry's Zipkin exporter between an encoder and a sender of ours. */
final class ZipkinExporter implements Exporter {
    private final PostOptions options;
    private final BytesEncoder<Span> format;
    private final boolean gzip;
    private final String defaultServiceName;
    private final Delivered delivered = new Delivered();
    private volatile @Nullable Started started;

    ZipkinExporter(PostOptions options, BytesEncoder<Span> format, boolean gzip, String defaultServiceName) {
        this.options = options;
        this.format = format;
        this.gzip = gzip;
        this.defaultServiceName = defaultServiceName;
    }

    @Override
    public synchronized void start() {
        if (started == null) {
            CompletingEncoder encoder = new CompletingEncoder(format, defaultServiceName);
            PostSender sender = new PostSender(encoder.encoding(), HttpPost.open(options), gzip);
            started = new Started(encoder, sender, exporter(encoder, sender));
        }
    }

    @Override
    public void export(List<SpanData> spans) throws ExportException {
        Started now = started;
        if (now == null) {
            throw new ExportException("send to " + options.endpoint() + ": the exporter is not started", null, false);
        }
        now.encoder().expect(spans);
        now.sender().begin(delivered.take(spans));
        CompletableResultCode result = now.exporter().export(spans); // complete when it returns
        ExportException failure = now.sender().failure();
        if (failure != null) {
            delivered.put(spans, now.sender().sent());
            throw failure;
        }
        if (!result.isSuccess()) {
            throw new ExportException("send to " + options.endpoint() + ": the spans were not sent", null, false);
        }
    }

    @Override
    public synchronized void close() {
        Started last = started;
        started = null;
        if (last != null) {
            last.exporter().shutdown();
        }
    }

    @SuppressWarnings("deprecation") // OpenTelemetry gives this exporter up; its last version is pinned
    private static SpanExporter exporter(CompletingEncoder encoder, PostSender sender) {
        return ZipkinSpanExporter.builder()
                .setEncoder(encoder)
                .setSender(sender)
                .setLocalIpAddressSupplier(() -> null) // ours is not that of the traced program
                .setMeterProvider(MeterProvider.noop()) // the host counts
                .build();
    }

    private record Started(CompletingEncoder encoder, PostSender sender, SpanExporter exporter) {}
}
