package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import java.util.List;
import org.pf4j.Extension;

/** {@code otlp}: OTLP over gRPC, with the Collector's keys. */
@Extension
public final class OtlpGrpcExporterFactory implements ExporterFactory {

    @Override
    public String type() {
        return "otlp";
    }

    @Override
    public List<String> aliases() {
        return List.of("otlp_grpc");
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Sends spans by OTLP over gRPC, to a Collector, Jaeger or any other backend";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        ClientOptions options = ClientOptions.read(config);
        String endpoint = Endpoints.grpc(config, options.tls().insecure());
        return new OtlpExporter(endpoint, options.timeout(), () -> build(endpoint, options, context.id()));
    }

    private static SpanExporter build(String endpoint, ClientOptions options, String id) throws ComponentException {
        OtlpGrpcSpanExporterBuilder builder = OtlpGrpcSpanExporter.builder()
                .setEndpoint(endpoint)
                .setTimeout(options.timeout())
                .setCompression(options.compression())
                .setRetryPolicy(null); // the host retries, where it is counted and can be configured
        options.headers().forEach(builder::addHeader);
        options.tls().apply(id, builder::setTrustedCertificates, builder::setClientTls, builder::setSslContext);
        return builder.build();
    }
}
