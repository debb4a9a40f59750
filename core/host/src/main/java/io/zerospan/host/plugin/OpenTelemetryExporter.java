package io.zerospan.host.plugin;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.autoconfigure.spi.internal.DefaultConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Config;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An exporter of OpenTelemetry's world in a plugin that knows nothing of Zerospan: the provider {@code logging} is the
 * exporter type {@code otel_logging}, and {@code properties} are those that OpenTelemetry's documentation names.
 */
final class OpenTelemetryExporter implements ExporterFactory {
    private static final String PREFIX = "otel_";

    private final ConfigurableSpanExporterProvider provider;

    private final String name;

    private OpenTelemetryExporter(ConfigurableSpanExporterProvider provider, String name) {
        this.provider = provider;
        this.name = name;
    }

    /** All that the plugin's jars offer as services, but those of which the name can't be had. */
    static List<ExporterFactory> in(ClassLoader plugin, Consumer<String> broken) {
        List<ExporterFactory> factories = new ArrayList<>();
        ServiceLoader.load(ConfigurableSpanExporterProvider.class, plugin).stream()
                .forEach(found -> {
                    try {
                        ConfigurableSpanExporterProvider provider = found.get();
                        String name = Objects.requireNonNull(provider.getName(), "it has no name");
                        factories.add(new OpenTelemetryExporter(provider, name));
                    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
                        broken.accept(found.type().getName() + " gives no span exporter: " + e);
                    }
                });
        return factories;
    }

    /** Providers have names such as {@code logging-otlp}; a type has no such letters. */
    @Override
    public String type() {
        return PREFIX + name.replaceAll("[^0-9a-zA-Z_]", "_");
    }

    @Override
    public Stability stability() {
        return Stability.DEVELOPMENT;
    }

    @Override
    public String description() {
        return "OpenTelemetry's exporter '" + name + "'";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        return new Late(provider, config.secrets("properties"));
    }

    /** Made at the start, since providers may open connections. */
    private static final class Late implements Exporter {
        private final ConfigurableSpanExporterProvider provider;
        private final Map<String, String> properties;
        private @Nullable Exporter exporter;

        Late(ConfigurableSpanExporterProvider provider, Map<String, String> properties) {
            this.provider = provider;
            this.properties = properties;
        }

        @Override
        public void start() throws ComponentException {
            Thread.currentThread()
                    .setContextClassLoader(provider.getClass().getClassLoader()); // the start's own thread
            try {
                SpanExporter made = provider.createExporter(DefaultConfigProperties.createFromMap(properties));
                if (Objects.isNull(made)) {
                    throw new ComponentException(provider.getClass().getName() + " made no exporter");
                }
                exporter = Exporter.of(made);
            } catch (ConfigurationException e) {
                throw new ComponentException("properties: " + e.getMessage(), e);
            }
        }

        @Override
        public void export(List<SpanData> spans) throws ExportException {
            Exporter started = exporter;
            if (started == null) {
                throw new ExportException("not started", null, false);
            }
            started.export(spans);
        }

        @Override
        public void close() {
            if (exporter != null) {
                exporter.close();
            }
        }
    }
}
