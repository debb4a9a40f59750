package com.example.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.TestSpanBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesContractTest extends ComponentContract {
    @TempDir
    private Path folder;

    @Override
    protected ComponentFactory factory() {
        return new LinesExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("path", folder.resolve("spans.txt").toString());
    }

    @Test
    void spans_areLines() throws Exception {
        Path file = folder.resolve("lines.txt");
        try (LinesExporter exporter = new LinesExporter(file)) {
            exporter.start();
            exporter.export(List.of(TeamSpan.of(TestSpanBuilder.aSpan().name("GET /").build(), "checkout")));
        }
        assertThat(file).hasContent("GET / checkout");
    }
}
