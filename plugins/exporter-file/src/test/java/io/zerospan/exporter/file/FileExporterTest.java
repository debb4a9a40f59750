package io.zerospan.exporter.file;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static io.zerospan.testkit.TestSpanBuilder.spans;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.TestSpanBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExporterTest extends ComponentContract {
    @TempDir
    private Path folder;

    @Override
    protected ComponentFactory factory() {
        return new FileExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("path", file().toString());
    }

    @Test
    void export_clientWithParent_isTheGoldenLine() throws Exception {
        SpanData client = aSpan().spanId("00f067aa0ba902b7")
                .parent(TestSpanBuilder.SPAN_ID)
                .name("GET")
                .kind(SpanKind.CLIENT)
                .status(StatusData.create(StatusCode.ERROR, ""))
                .attribute("http.response.status_code", 503)
                .attribute("url.full", "http://shop/\"q\"")
                .attribute(AttributeKey.stringArrayKey("list"), List.of("a", "b"))
                .event(TestSpanBuilder.START_EPOCH_NANOS + 1, "retry", Attributes.empty())
                .build();
        export(List.of(aSpan().build(), client));
        assertThat(Files.readString(file())).isEqualTo(golden("client_with_parent.json"));
    }

    @Test
    void export_twoServices_areGroupedByResource() throws Exception {
        export(List.of(
                aSpan().build(),
                aSpan().service("bank").build(),
                aSpan().spanId("00f067aa0ba902b7").build()));
        String line = Files.readString(file());
        assertThat(line.split("\"resource\":", -1)).hasSize(3);
        assertThat(line).containsOnlyOnce("bank").containsOnlyOnce("\"shop\"");
    }

    @Test
    void export_eachBatch_isOneMoreLine() throws Exception {
        Files.writeString(file(), "before\n");
        export(spans(2), spans(1));
        assertThat(Files.readAllLines(file())).hasSize(3).startsWith("before");
    }

    @Test
    void export_hostileText_staysOneLineOfJson() throws Exception {
        export(List.of(aSpan().name("a\r\n\u0000\"}\u001b").build()));
        assertThat(Files.readAllLines(file())).hasSize(1);
        assertThat(Files.readString(file()))
                .contains("a\\r\\n\\u0000\\\"}\\u001")
                .doesNotContain("\u001b");
    }

    @Test
    void start_newFile_isForTheOwnerAlone() throws Exception {
        export(spans(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void start_directoryMissing_saysSo() {
        Path path = folder.resolve("none/spans.json");
        assertThatThrownBy(() -> exporter(path).start())
                .isInstanceOf(ComponentException.class)
                .hasMessage("file: cannot write to " + path
                        + ": its directory does not exist; choose another with 'exporters: file: path: ...'");
    }

    @Test
    void start_pathIsDirectory_saysSo() {
        assertThatThrownBy(() -> exporter(folder).start())
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining(": it is a directory;");
    }

    @Test
    void export_diskFull_isRetryable() throws Exception {
        Exporter exporter = exporter(Path.of("/dev/full"));
        exporter.start();
        assertThatThrownBy(() -> exporter.export(spans(1)))
                .isInstanceOf(ExportException.class)
                .hasMessageStartingWith("write to /dev/full: ");
        exporter.close();
    }

    @Test
    void create_rotation_isUnknown() {
        FakeConfig config = FakeConfig.of(Map.of("path", "x", "rotation", Map.of("max_megabytes", 1)));
        create(config).close();
        assertThat(config.unread()).containsExactly("rotation");
    }

    private Path file() {
        return folder.resolve("spans.json");
    }

    private static Exporter exporter(Path path) {
        return new FileExporterFactory()
                .create(FakeConfig.of(Map.of("path", path.toString())), new FakeContext("file"));
    }

    @SafeVarargs
    private void export(List<SpanData>... batches) throws Exception {
        Exporter exporter = exporter(file());
        exporter.start();
        for (List<SpanData> batch : batches) {
            exporter.export(batch);
        }
        exporter.close();
    }

    private static String golden(String name) throws Exception {
        try (InputStream golden = FileExporterTest.class.getResourceAsStream(name)) {
            return new String(golden.readAllBytes(), UTF_8);
        }
    }
}
