package io.zerospan.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDocumentTest {
    private final Findings findings = new Findings();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void laterFile_mergesMappingsAndReplacesLists() throws Exception {
        assertThat(yaml("yaml:{a: {x: 1, y: 2}, l: [1, 2]}", "yaml:{a: {y: 3, z: 4}, l: [9]}"))
                .isEqualTo("a:\n  x: 1\n  y: 3\n  z: 4\nl:\n- 9\n");
    }

    @Test
    void setOption_winsOverFiles() throws Exception {
        ConfigDocument document = ConfigDocument.load(
                List.of("yaml:{a: {b/2: {c: 1, d: 2}}}"), List.of("a.b/2.c=[x]"), environment::get, findings);

        assertThat(document.redactedYaml()).isEqualTo("a:\n  b/2:\n    c:\n    - x\n    d: 2\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=x         | --set =x: write --set key.key=value",
                "a..b=1     | --set a..b=1: write --set key.key=value",
                "a={        | --set a={: not readable as YAML: while parsing a flow node, expected the node content, but"
                        + " found '<stream end>'",
                "a=*x       | --set a=*x: not readable as YAML: found undefined alias x",
                "a=b~c: d   | --set a=b\\nc: d: not readable as YAML: mapping values are not allowed here"
            })
    void garbageInASetOption_isOneSentence(String set, String told) {
        List<String> sets = List.of(set.replace('~', '\n'));
        assertThatThrownBy(() -> ConfigDocument.load(List.of("yaml:{}"), sets, name -> null, new Findings()))
                .hasMessage(told);
    }

    @Test
    void endlessSetOption_isShownByItsBeginning() {
        List<String> sets = List.of("a".repeat(5_000));
        assertThatThrownBy(() -> ConfigDocument.load(List.of("yaml:{}"), sets, name -> null, new Findings()))
                .hasMessage("--set " + "a".repeat(100) + "…: write --set key.key=value");
    }

    @Test
    void setOptionWithoutValue_isExplained() {
        assertThatThrownBy(
                        () -> ConfigDocument.load(List.of("yaml:{a: 1}"), List.of("a.b"), environment::get, findings))
                .hasMessage("--set a.b: write --set key.key=value");
    }

    @Test
    void variables_areExpanded() throws Exception {
        environment.put("PORT", "4317");
        environment.put("LIST", "[a, b]");
        environment.put("OUTER", "<${env:PORT}>");

        assertThat(
                        yaml(
                                "yaml:{n: '${env:PORT}', t: 'x:${PORT}', l: '${env:LIST}', o: '${OUTER}', d: '${env:NO:-7}',"
                                        + " e: '${env:NO:-}', dollar: '$$x $y', default: '${env:NO:-${env:PORT}}', esc: '$${env:PORT}'}"))
                .isEqualTo("n: 4317\nt: x:4317\nl:\n- a\n- b\no: <4317>\nd: 7\ne: null\ndollar: $x $y\ndefault: 4317\n"
                        + "esc: ${env:PORT}\n");
    }

    @Test
    void variableThatIsNoYaml_isText() throws Exception {
        environment.put("ODD", "a: b: c");

        assertThat(yaml("yaml:{v: '${env:ODD}'}")).isEqualTo("v: 'a: b: c'\n");
    }

    @Test
    void unsetVariable_isEmptyWithAWarning() throws Exception {
        assertThat(yaml("yaml:{v: '${env:NO}'}")).isEqualTo("v: null\n");
        assertThat(findings.warnings())
                .containsExactly("--config:1:5: the environment variable NO is not set; its value is empty");
    }

    @Test
    void variablesInACircle_areAnError() throws Exception {
        environment.put("A", "${env:B}");
        environment.put("B", "${env:A}");

        ConfigDocument.load(List.of("yaml:{v: '${env:A}'}"), List.of(), environment::get, findings);

        assertThatThrownBy(findings::throwErrors)
                .hasMessage("--config:1:5: v: variables refer to variables more than 8 deep");
    }

    @Test
    void variablesThatDouble_areStopped() throws Exception {
        environment.put("V0", "x".repeat(1000));
        for (int i = 1; i < 8; i++) {
            environment.put("V" + i, ("${env:V" + (i - 1) + "}").repeat(10));
        }

        ConfigDocument.load(List.of("yaml:{v: '${env:V7}'}"), List.of(), environment::get, findings);

        assertThatThrownBy(findings::throwErrors).hasMessageContaining("is longer than 65536 characters");
    }

    @Test
    void secrets_areRedacted() throws Exception {
        ConfigDocument document = ConfigDocument.load(
                List.of("yaml:{e: {headers: {x: hush}, api_key: k, auth: {token: [t]}, path: p}}"),
                List.of(),
                environment::get,
                findings);
        NodeConfig e = new NodeConfig(
                (Node.Mapping) document.root().entries().get("e").value(), Place.startOf("x"), "e", findings);
        e.secrets("headers");

        assertThat(document.redactedYaml())
                .doesNotContain("hush", "k\n")
                .contains("x: '[REDACTED]'", "api_key: '[REDACTED]'", "- '[REDACTED]'", "path: p");
    }

    @Test
    void missingFile_isOneSentence() {
        assertThatThrownBy(() -> yaml("/no/such.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("read configuration /no/such.yaml: there is no such file");
    }

    @Test
    void folderOrNothing_isOneSentence() {
        assertThatThrownBy(() -> yaml("/proc"))
                .hasMessage("read configuration /proc: it is a folder; name a file in it");
        assertThatThrownBy(() -> yaml("")).hasMessage("--config is empty; name a file, such as config/default.yaml");
    }

    @Test
    void unknownScheme_isOneSentence() {
        assertThatThrownBy(() -> yaml("ftp://x/y"))
                .hasMessage("--config ftp://x/y: the scheme 'ftp' is not supported; use file:, env:, yaml: or a path");
    }

    @Test
    void environmentVariable_canBeTheConfiguration() throws Exception {
        environment.put("CFG", "a: 1");

        assertThat(yaml("env:CFG")).isEqualTo("a: 1\n");
    }

    @Test
    void shortYaml_nestsByDoubleColons() throws Exception {
        assertThat(yaml("yaml:a::b::c: 5")).isEqualTo("a:\n  b:\n    c: 5\n");
    }

    @Test
    void fileThatIsTooLong_isRefused(@TempDir Path folder) throws Exception {
        byte[] text = new byte[YamlReader.MAX_CHARS + 1];
        Arrays.fill(text, (byte) '#');
        Path file = Files.write(folder.resolve("long.yaml"), text);

        assertThatThrownBy(() -> yaml(file.toString())).hasMessageEndingWith("the file is longer than 1048576 bytes");
    }

    @Test
    void fileThatIsNotText_isRefused(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("latin1.yaml"), "ä: 1".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> yaml("file:" + file)).hasMessageEndingWith("the file is not UTF-8 text");
    }

    private String yaml(String... uris) throws ConfigException {
        String yaml = ConfigDocument.load(List.of(uris), List.of(), environment::get, findings)
                .redactedYaml();
        findings.throwErrors();
        return yaml;
    }
}
