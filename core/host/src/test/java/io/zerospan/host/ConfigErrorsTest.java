package io.zerospan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zerospan.host.config.ConfigDocument;
import io.zerospan.host.config.ConfigException;
import io.zerospan.host.config.Findings;
import io.zerospan.host.config.SectionReader;
import io.zerospan.host.pipeline.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file below {@code invalid/} has beside it the text that it must provoke. */
class ConfigErrorsTest {
    private static final Path INVALID = Path.of("src/test/resources/invalid");

    static Stream<Path> invalid() throws IOException {
        return yamls(INVALID);
    }

    static Stream<Path> shipped() throws IOException {
        Path config = Path.of("../../config");
        return Stream.concat(yamls(config), yamls(config.resolve("examples")));
    }

    private static Stream<Path> yamls(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidFile_isToldWithPlaceAndReason(Path yaml) throws Exception {
        Path expected = Path.of(yaml.toString().replace(".yaml", ".txt"));

        ConfigException errors = catchThrowableOfType(ConfigException.class, () -> check(yaml));

        assertThat(errors).as("%s is valid", yaml).isNotNull();
        assertThat(errors.getMessage().replace(INVALID + "/", ""))
                .isEqualTo(Files.readString(expected).strip());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shippedConfiguration_isValid(Path yaml) throws Exception {
        check(yaml);
    }

    @Test
    void everyTruncation_isAnErrorOrValidAndNeverAnotherException() throws Exception {
        String text = Files.readString(Path.of("../../config/examples/several-backends.yaml"));
        for (int length = 0; length < text.length(); length++) {
            isErrorOrValid(text.substring(0, length));
        }
    }

    @Test
    void randomChanges_areAnErrorOrValidAndNeverAnotherException() throws Exception {
        String text = Files.readString(Path.of("../../config/examples/several-backends.yaml"));
        String odd = "{}[]:,-&*!|>'\"%@`#?~<$\\\n\t \u0000\u0085\ud800 <<: *a &a ${env:}";
        Random random = new Random(20_261_122);
        for (int round = 0; round < 3000; round++) {
            StringBuilder changed = new StringBuilder(text);
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(changed.length());
                changed.replace(
                        at,
                        at + random.nextInt(2),
                        odd.substring(random.nextInt(odd.length())).substring(0, 1));
            }
            isErrorOrValid(changed.toString());
        }
    }

    private static void isErrorOrValid(String yaml) throws Exception {
        try {
            check("yaml:" + yaml + "\n");
        } catch (ConfigException expected) {
            assertThat(expected.getMessage().lines()).allMatch(line -> line.matches("--config:\\d+:\\d+: .+"));
        }
    }

    private static void check(Path yaml) throws Exception {
        check(yaml.toString());
    }

    private static void check(String uri) throws Exception {
        Findings findings = new Findings();
        ConfigDocument document = ConfigDocument.load(List.of(uri), List.of(), name -> null, findings);
        Host.check(
                SectionReader.read(document, findings), FakeComponents.builtIn().catalog());
    }
}
