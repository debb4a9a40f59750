package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.otlp.internal.GrpcExporter;
import io.opentelemetry.exporter.otlp.internal.GrpcExporterBuilder;
import io.opentelemetry.exporter.otlp.internal.OtlpUserAgent;
import io.opentelemetry.sdk.common.internal.StandardComponentId.ExporterType;
import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import java.net.URI;
import java.util.List;
import org.pf4j.Extension;

/** {@code otlp}: OTLP over gRPC, with the Collector's keys. */
@Extension
public final class OtlpGrpcExporterFactory implements ExporterFactory {
    private static final String METHOD = "opentelemetry.proto.collector.trace.v1.TraceService/Export";

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
        return new OtlpExporter(endpoint, options, () -> build(endpoint, options, context.id()));
    }

    private static Sender build(String endpoint, ClientOptions options, String id) throws ComponentException {
        GrpcExporterBuilder builder = new GrpcExporterBuilder(
                        ExporterType.OTLP_GRPC_SPAN_EXPORTER, options.timeout(), URI.create(endpoint), METHOD)
                .setEndpoint(endpoint)
                .setCompression(options.gzip() ? Compressed.GZIP : null)
                .setRetryPolicy(null); // the host retries, where it is counted and can be configured
        OtlpUserAgent.addUserAgentHeader(builder::addConstantHeader);
        options.headers().forEach(builder::addConstantHeader);
        options.tls()
                .apply(id, builder::setTrustManagerFromCerts, builder::setKeyManagerFromCerts, builder::setSslContext);
        GrpcExporter client = builder.build();
        return new Sender(client::export, client::shutdown);
    }
}
