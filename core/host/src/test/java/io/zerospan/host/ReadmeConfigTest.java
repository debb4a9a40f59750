package io.zerospan.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.config.ConfigDocument;
import io.zerospan.host.config.Findings;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.SectionReader;
import io.zerospan.host.pipeline.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a processor's README shows can be pasted into a file. */
class ReadmeConfigTest {
    private static final Path PLUGINS = Path.of("../../plugins");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final String REST = "{receivers: {http_server: {}}, exporters: {debug: {}},"
            + " service: {pipelines: {traces: {receivers: [http_server], exporters: [debug]}}}}";

    static Stream<Path> readmes() throws IOException {
        try (Stream<Path> folders = Files.list(PLUGINS)) {
            return folders
                    .filter(folder -> folder.getFileName().toString().startsWith("processor-"))
                    .filter(folder -> Files.exists(folder.resolve("pom.xml"))) // else left over from another branch
                    .map(folder -> folder.resolve("README.md"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("readmes")
    void yamlOfAProcessorsReadme_isValid(Path readme) throws Exception {
        List<String> examples = YAML.matcher(Files.readString(readme))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            Findings findings = new Findings();
            List<String> uris = List.of("yaml:" + REST, "yaml:" + example);
            HostConfig config =
                    SectionReader.read(ConfigDocument.load(uris, List.of(), name -> null, findings), findings);
            assertThat(config.processors()).isNotEmpty();
            Host.check(config, FakeComponents.builtIn().catalog());
        }
    }
}
