package io.zerospan.host;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.HostExtension;
import io.zerospan.api.Processor;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Stability;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import io.zerospan.processor.headercontext.HeaderContextProcessorFactory;
import io.zerospan.processor.probabilisticsampler.ProbabilisticSamplerFactory;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.receiver.function.FunctionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Factories with the types and the keys of the built-in plugins, and a catalog of them. Those
 * that want something of the probes are the real ones.
 */
public final class FakeComponents {
    private final List<Offer> offers = new ArrayList<>();

    /** All types that the shipped configurations use. */
    public static FakeComponents builtIn() {
        return new FakeComponents()
                .receiver("http_server", () -> List.of())
                .receiver("http_client", () -> List.of())
                .add(new DatabaseSqlFactory())
                .add(new FunctionFactory())
                .add(new HeaderContextProcessorFactory())
                .add(new ProbabilisticSamplerFactory())
                .add(new FakeProcessor("batch", (config, next) -> {
                    config.integer("send_batch_size", 8192, 0, 1 << 20);
                    config.integer("send_batch_max_size", 0, 0, 1 << 20);
                    config.duration("timeout", Duration.ofMillis(200));
                    return next::accept;
                }))
                .add(new FakeExporter("otlp", List.of("otlp_grpc"), FakeComponents::otlp))
                .add(new FakeExporter("otlphttp", List.of("otlp_http"), FakeComponents::otlp))
                .add(new FakeExporter("zipkin", List.of(), config -> {
                    config.required("endpoint");
                    return spans -> {};
                }))
                .add(new FakeExporter("jaeger", List.of(), config -> {
                    config.required("endpoint");
                    config.choice("protocol", "thrift_http", "thrift_http", "thrift_udp");
                    return spans -> {};
                }))
                .add(new FakeExporter("debug", List.of(), config -> {
                    config.choice("verbosity", "basic", "basic", "normal", "detailed");
                    return spans -> {};
                }))
                .add(new FakeExporter("file", List.of(), config -> {
                    config.required("path");
                    return spans -> {};
                }))
                .add(new FakeExporter("viewer", List.of(), config -> {
                    config.string("endpoint", "127.0.0.1:9412");
                    config.integer("max_spans", 50_000, 1, 1_000_000);
                    return spans -> {};
                }))
                .add(new FakeExtension("health_check", config -> {
                    config.string("endpoint", "localhost:13133");
                    config.string("path", "/");
                    return new HostExtension() {};
                }));
    }

    private static Exporter otlp(Config config) {
        config.required("endpoint");
        config.secrets("headers");
        Config tls = config.section("tls");
        tls.bool("insecure", false);
        tls.secret("key_pem");
        return spans -> {};
    }

    public FakeComponents receiver(String type, Receiver receiver) {
        return add(new FakeReceiver(type, receiver));
    }

    public FakeComponents processor(String type, BiFunction<Config, SpanConsumer, Processor> make) {
        return add(new FakeProcessor(type, make));
    }

    public FakeComponents exporter(String type, Exporter exporter) {
        return add(new FakeExporter(type, List.of(), config -> exporter));
    }

    public FakeComponents extension(String type, HostExtension extension) {
        return add(new FakeExtension(type, config -> extension));
    }

    private FakeComponents add(ComponentFactory factory) {
        offers.add(new Offer("plugin-" + factory.type(), "1", factory));
        return this;
    }

    public ComponentCatalog catalog(String... broken) throws ComponentException {
        return new ComponentCatalog(offers, List.of(broken));
    }

    record FakeReceiver(String type, Receiver receiver) implements ReceiverFactory {
        @Override
        public Receiver create(Config config, ComponentContext context) {
            return receiver;
        }

        @Override
        public Stability stability() {
            return Stability.ALPHA;
        }

        @Override
        public String description() {
            return "A fake";
        }
    }

    record FakeProcessor(String type, BiFunction<Config, SpanConsumer, Processor> make) implements ProcessorFactory {
        @Override
        public Processor create(Config config, ComponentContext context, SpanConsumer next) {
            return make.apply(config, next);
        }

        @Override
        public Stability stability() {
            return Stability.BETA;
        }

        @Override
        public String description() {
            return "A fake";
        }
    }

    record FakeExporter(String type, List<String> aliases, Function<Config, Exporter> make) implements ExporterFactory {
        @Override
        public Exporter create(Config config, ComponentContext context) {
            return make.apply(config);
        }

        @Override
        public Stability stability() {
            return Stability.STABLE;
        }

        @Override
        public String description() {
            return "A fake \"exporter\"";
        }
    }

    record FakeExtension(String type, Function<Config, HostExtension> make) implements ExtensionFactory {
        @Override
        public HostExtension create(Config config, ComponentContext context) {
            return make.apply(config);
        }

        @Override
        public Stability stability() {
            return Stability.ALPHA;
        }

        @Override
        public String description() {
            return "A fake";
        }
    }
}
