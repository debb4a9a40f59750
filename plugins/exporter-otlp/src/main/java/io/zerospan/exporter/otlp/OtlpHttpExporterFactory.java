package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.otlp.internal.HttpExporter;
import io.opentelemetry.exporter.otlp.internal.HttpExporterBuilder;
import io.opentelemetry.exporter.otlp.internal.OtlpUserAgent;
import io.opentelemetry.sdk.common.internal.StandardComponentId.ExporterType;
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
        return new OtlpExporter(endpoint, options, () -> build(endpoint, options, context.id()));
    }

    private static Sender build(String endpoint, ClientOptions options, String id) throws ComponentException {
        HttpExporterBuilder builder = new HttpExporterBuilder(ExporterType.OTLP_HTTP_SPAN_EXPORTER, endpoint)
                .setTimeout(options.timeout())
                .setCompression(options.gzip() ? Compressed.GZIP : null)
                .setRetryPolicy(null); // the host retries, where it is counted and can be configured
        OtlpUserAgent.addUserAgentHeader(builder::addConstantHeaders);
        options.headers().forEach(builder::addConstantHeaders);
        options.tls()
                .apply(id, builder::setTrustManagerFromCerts, builder::setKeyManagerFromCerts, builder::setSslContext);
        HttpExporter client = builder.build();
        return new Sender(client::export, client::shutdown);
    }
}
