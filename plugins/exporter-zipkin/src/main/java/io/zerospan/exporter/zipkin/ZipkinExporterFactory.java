package io.zerospan.exporter.zipkin;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import io.zerospan.export.PostOptions;
import org.pf4j.Extension;
import zipkin2.Span;
import zipkin2.reporter.BytesEncoder;
import zipkin2.reporter.SpanBytesEncoder;

/** {@code zipkin}: Zipkin's v2 format over HTTP, with the Collector's keys. */
@Extension
public final class ZipkinExporterFactory implements ExporterFactory {
    private static final String NO_SERVICE_NAME = "<missing service name>"; // the Collector's

    @Override
    public String type() {
        return "zipkin";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Sends spans to Zipkin, or to whatever takes its format";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        PostOptions post = PostOptions.read(config, "http://zipkin:9411/api/v2/spans");
        boolean json = config.choice("format", "json", "json", "proto").equals("json");
        BytesEncoder<Span> encoder = json ? SpanBytesEncoder.JSON_V2 : SpanBytesEncoder.PROTO3;
        boolean gzip = config.choice("compression", "gzip", "gzip", "none").equals("gzip");
        String service = config.string("default_service_name", NO_SERVICE_NAME);
        return new ZipkinExporter(post, encoder, gzip, service == null ? NO_SERVICE_NAME : service);
    }
}
