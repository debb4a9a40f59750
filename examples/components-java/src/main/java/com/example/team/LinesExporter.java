package com.example.team;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The host calls it with one batch after the other, and again with one that was not taken but may be later. */
final class LinesExporter implements Exporter {
    private final Path path;
    private BufferedWriter file; // from the start on

    LinesExporter(Path path) {
        this.path = path;
    }

    @Override
    public void start() throws ComponentException {
        try {
            file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ComponentException("open " + path + ": " + e + "; choose another path", e);
        }
    }

    @Override
    public void export(List<SpanData> spans) throws ExportException {
        try {
            for (SpanData span : spans) {
                file.write(span.getName() + " " + span.getAttributes().get(TeamSpan.TEAM) + "\n");
            }
            file.flush();
        } catch (IOException e) {
            throw new ExportException("write to " + path + ": " + e, e, true);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
