package io.zerospan.exporter.file;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.pf4j.Extension;

/** {@code file}: OTLP JSON, one {@code ExportTraceServiceRequest} a line. */
@Extension
public final class FileExporterFactory implements ExporterFactory {

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Appends spans to a file as OTLP JSON, one request a line";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        String path = config.required("path");
        try {
            return new FileExporter(context.id(), Path.of(path));
        } catch (InvalidPathException e) {
            config.reject("path", "is no path of a file: " + e.getReason());
            return new FileExporter(context.id(), Path.of(""));
        }
    }
}
