package io.zerospan.exporter.jaeger;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import io.zerospan.api.Telemetry.Counter;
import io.zerospan.export.HttpPost;
import io.zerospan.export.PostOptions;
import org.pf4j.Extension;

/** {@code jaeger}: Jaeger's own Thrift, for the versions and agents that take no OTLP. */
@Extension
public final class JaegerExporterFactory implements ExporterFactory {

    @Override
    public String type() {
        return "jaeger";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Sends spans to Jaeger as Thrift, over HTTP or UDP";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        Counter oversized = context.telemetry().counter("zerospan_exporter_oversized_spans", "exporter", context.id());
        if (config.choice("protocol", "thrift_http", "thrift_http", "thrift_udp")
                .equals("thrift_udp")) {
            AgentAddress agent = AgentAddress.read(config);
            config.duration("timeout", PostOptions.DEFAULT_TIMEOUT); // the host's; a packet waits for nothing
            if (!config.secrets("headers").isEmpty()) {
                config.reject("headers", "need protocol thrift_http; a packet has none");
            }
            return new JaegerExporter(
                    "udp://" + agent.host() + ":" + agent.port(),
                    () -> new UdpWire(agent.host(), agent.port()),
                    oversized);
        }
        PostOptions post = PostOptions.read(config, "http://jaeger:14268/api/traces");
        return new JaegerExporter(post.endpoint().toString(), () -> new HttpWire(HttpPost.open(post)), oversized);
    }
}
