package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records written by hand, {@code events/NAME.hex}, and the spans that they are, {@code spans/NAME.txt}. */
class GoldenEventsTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("events"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".hex"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void record_isTheSpanBesideIt(String name) throws Exception {
        String hex = Files.readString(RESOURCES.resolve("events/" + name + ".hex"));
        byte[] record = HexFormat.of().parseHex(hex.replaceAll("#.*", "").replaceAll("\\s", ""));
        assertThat(shown(EventBuilder.decode(record)))
                .isEqualTo(Files.readString(RESOURCES.resolve("spans/" + name + ".txt")));
    }

    private static String shown(SpanData span) {
        StringBuilder text = new StringBuilder();
        text.append("name: ").append(span.getName()).append('\n');
        text.append("kind: ").append(span.getKind()).append('\n');
        text.append("trace: ").append(span.getTraceId()).append('\n');
        text.append("span: ").append(span.getSpanId()).append('\n');
        text.append("parent: ").append(shown(span.getParentSpanContext())).append('\n');
        text.append("start: boot + ").append(span.getStartEpochNanos() - EventBuilder.BOOT);
        text.append(" ns\nend: boot + ").append(span.getEndEpochNanos() - EventBuilder.BOOT);
        text.append(" ns\n");
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributes()
                .forEach((key, value) ->
                        attributes.put(key.getKey(), key.getType() + " " + printable(value.toString())));
        attributes.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String shown(SpanContext parent) {
        if (!parent.isValid()) {
            return "none";
        }
        return parent.getSpanId() + (parent.isRemote() ? " remote" : " local");
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> printable.append(c < ' ' ? "\\%03o".formatted(c) : Character.toString(c)));
        return printable.toString();
    }
}
