package io.zerospan.host.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Telemetry;
import io.zerospan.host.cli.AskedOptions;
import io.zerospan.host.pipeline.CommonOptions;
import io.zerospan.host.plugin.ComponentKind;
import io.zerospan.host.telemetry.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code config/schema.json}, by which editors complete and check, against the components themselves. */
class SchemaTest {
    private static final Path SCHEMA = Path.of("../../config/schema.json");

    private record Context(String id, Telemetry telemetry) implements ComponentContext {}

    static List<ComponentFactory> factories() {
        return InstalledFactories.all();
    }

    static Stream<Path> documented() throws Exception {
        return Documents.shipped();
    }

    @ParameterizedTest
    @MethodSource("factories")
    void options_areThoseOfTheComponent(ComponentFactory factory) throws Exception {
        Set<String> known =
                JsonSchema.read(SCHEMA).options(ComponentKind.of(factory).word() + "_" + factory.type());

        assertThat(known).containsExactlyInAnyOrderElementsOf(askedBy(factory));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void shippedConfigurations_conform(Path yaml) throws Exception {
        assertThat(JsonSchema.read(SCHEMA).problems(JsonSchema.load(Files.readString(yaml))))
                .isEmpty();
    }

    @Test
    void wholeNumber_isANumber() throws Exception {
        String yaml = "{exporters: {otlp: {endpoint: 'a:1', retry_on_failure: {multiplier: 2}}}}";
        assertThat(JsonSchema.read(SCHEMA).problems(JsonSchema.load(yaml))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{exporters: {otlp/x: {endpoint: 'a:1', tls: {insecur: true}}}} | /exporters/otlp/x/tls/insecur: unknown key",
                "{exporters: {debug: {verbosity: loud}}}                       | /exporters/debug/verbosity: matches no choice",
                "{targets: [{exe: shop}]}                                      | /targets[]/exe: does not match",
                "{recievers: {}}                                               | /recievers: unknown key"
            })
    void mistakes_areFound(String yaml, String problem) throws Exception {
        assertThat(JsonSchema.read(SCHEMA).problems(JsonSchema.load(yaml)))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void everyBuiltInPlugin_isLookedAt() throws Exception {
        try (Stream<Path> folders = Files.list(Path.of("../../plugins"))) {
            long components = folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("(receiver|processor|exporter|extension)-.*"))
                    .filter(name -> Files.exists(Path.of("../../plugins", name, "pom.xml")))
                    .count();
            assertThat(factories()).hasSizeGreaterThanOrEqualTo((int) components); // otlp's plugin offers two
        }
    }

    private static Set<String> askedBy(ComponentFactory factory) {
        AskedOptions options = new AskedOptions();
        Context context = new Context(factory.type(), new Metrics());
        if (factory instanceof ReceiverFactory receivers) {
            receivers.create(options, context);
        } else if (factory instanceof ProcessorFactory processors) {
            processors.create(options, context, spans -> {});
        } else if (factory instanceof ExporterFactory exporters) {
            exporters.create(options, context);
            CommonOptions.read(options);
        } else if (factory instanceof ExtensionFactory extensions) {
            extensions.create(options, context);
        }
        return options.asked();
    }
}
