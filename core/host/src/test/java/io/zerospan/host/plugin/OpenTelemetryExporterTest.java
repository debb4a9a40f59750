package io.zerospan.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.exporter.logging.LoggingSpanExporter;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.zerospan.api.ComponentContext;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Telemetry;
import io.zerospan.host.Spans;
import io.zerospan.host.config.TestConfig;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exporter as it comes from Maven's repository, with four lines of properties beside it. */
class OpenTelemetryExporterTest {
    @TempDir
    private Path plugins;

    @Test
    void exporterOfOpenTelemetrys_takesSpansByItsProvidersName() throws Exception {
        Path lib = Files.createDirectories(plugins.resolve("logging/lib"));
        Path jar = Path.of(LoggingSpanExporter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(jar, lib.resolve(jar.getFileName()));
        Files.writeString(plugins.resolve("logging/plugin.properties"), "plugin.id=logging\nplugin.version=1.67.0\n");

        ComponentCatalog catalog = InstalledPlugins.load(plugins);

        assertThat(catalog.broken()).isEmpty();
        ExporterFactory factory = catalog.exporter("otel_logging");
        assertThat(factory).isNotNull();
        assertThat(logged(factory)).isEqualTo(2);
    }

    @Test
    void providersThatThrowOrMakeNothing_areNamed() throws Exception {
        TestPlugin.named("mine")
                .withoutProcessor()
                .source("com.example.Odd", provider("Odd", "throw new IllegalStateException(\"no name\");"))
                .source("com.example.Good", provider("Good", "return \"my-good one\";"))
                .installAsFolder(plugins);
        try (OutputStream file = Files.newOutputStream(plugins.resolve("mine/lib/services.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new ZipEntry("META-INF/services/" + ConfigurableSpanExporterProvider.class.getName()));
            jar.write("com.example.Odd\ncom.example.Good\n".getBytes(StandardCharsets.UTF_8));
        }

        ComponentCatalog catalog = InstalledPlugins.load(plugins);

        ExporterFactory good = Objects.requireNonNull(catalog.exporter("otel_my_good_one"));
        assertThatThrownBy(() -> good.create(FakeConfig.of(Map.of()), new FakeContext("mine"))
                        .start())
                .hasMessage("com.example.Good made no exporter");
        assertThat(catalog.broken())
                .singleElement()
                .asString()
                .contains("plugin mine: com.example.Odd gives no span exporter: ")
                .contains("no name");
    }

    private static String provider(String name, String getName) {
        return "package com.example;\nimport io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;\n"
                + "import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;\n"
                + "import io.opentelemetry.sdk.trace.export.SpanExporter;\n"
                + "public class " + name + " implements ConfigurableSpanExporterProvider {\n"
                + "public String getName() { " + getName + " }\n"
                + "public SpanExporter createExporter(ConfigProperties config) { return null; }\n}\n";
    }

    /** How many spans it has logged of two. */
    private static int logged(ExporterFactory factory) throws Exception {
        List<LogRecord> records = new ArrayList<>();
        Logger logger = Logger.getLogger(LoggingSpanExporter.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        Metrics metrics = new Metrics();
        try (Exporter exporter = factory.create(TestConfig.of("{}").config(), new Context("x", metrics))) {
            exporter.start();
            exporter.export(Spans.of(2));
        } finally {
            logger.removeHandler(handler);
        }
        return records.size();
    }

    private record Context(String id, Telemetry telemetry) implements ComponentContext {}
}
