package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import java.util.List;
import org.pf4j.Extension;

/** {@code otlphttp}: OTLP as protobuf over HTTP, with the Collector's keys. */
@Extension
public final class OtlpHttpExporterFactory implements ExporterFactory {

    @Override
    public String type() {
        return "otlphttp";
    }

    @Override
    public List<String> aliases() {
        return List.of("otlp_http");
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Sends spans by OTLP over HTTP, to a Collector, Jaeger or any other backend";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        ClientOptions options = ClientOptions.read(config);
        String endpoint = Endpoints.http(config);
        return new OtlpExporter(endpoint, options.timeout(), () -> build(endpoint, options, context.id()));
    }

    private static SpanExporter build(String endpoint, ClientOptions options, String id) throws ComponentException {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(options.timeout())
                .setCompression(options.compression())
                .setRetryPolicy(null); // the host retries, where it is counted and can be configured
        options.headers().forEach(builder::addHeader);
        options.tls().apply(id, builder::setTrustedCertificates, builder::setClientTls, builder::setSslContext);
        return builder.build();
    }
}
