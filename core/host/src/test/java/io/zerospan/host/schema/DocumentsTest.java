package io.zerospan.host.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.config.ConfigDocument;
import io.zerospan.host.config.Findings;
import io.zerospan.host.config.SectionReader;
import io.zerospan.host.pipeline.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever YAML the project shows can be pasted into a file and run. */
class DocumentsTest {
    /** What a block that shows one part leaves out. */
    private static final String REST = "yaml:{receivers: {http_server: {}}, exporters: {debug: {}},"
            + " service: {pipelines: {traces: {receivers: [http_server], exporters: [debug]}}}}";

    static Stream<Path> texts() throws Exception {
        return Documents.texts();
    }

    static Stream<Path> shipped() throws Exception {
        return Documents.shipped();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void yamlOfAText_isValid(Path text) throws Exception {
        for (String yaml : Documents.yamls(text)) {
            check(List.of(REST, "yaml:" + yaml));
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedFile_isValidForTheRealComponents(Path yaml) throws Exception {
        check(List.of(yaml.toString()));
    }

    /** A component or a counter that nobody can look up is as good as none. */
    @ParameterizedTest
    @MethodSource("factories")
    void component_standsInTheReference(String type) throws Exception {
        assertThat(Files.readString(Path.of("../../docs/configuration.md"))).contains("`" + type + "`");
        assertThat(Files.readString(Path.of("../../README.md"))).contains("`" + type + "`");
    }

    static Stream<String> factories() {
        return InstalledFactories.all().stream().map(factory -> factory.type());
    }

    @Test
    void everyCounter_standsInTheReference() throws Exception {
        String reference = Files.readString(Path.of("../../docs/configuration.md"));
        assertThat(Documents.counters()).hasSizeGreaterThan(15).allMatch(name -> reference.contains("`" + name + "`"));
    }

    private static void check(List<String> uris) throws Exception {
        Findings findings = new Findings();
        ConfigDocument document = ConfigDocument.load(uris, List.of(), name -> null, findings);
        Host.check(SectionReader.read(document, findings), InstalledFactories.catalog());
    }
}
