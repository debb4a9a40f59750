package com.example.team;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Makes the exporter {@code lines}, with the option {@code path}. */
@Extension
public final class LinesExporterFactory implements ExporterFactory {
    @Override
    public String type() {
        return "lines";
    }

    @Override
    public Stability stability() {
        return Stability.DEVELOPMENT;
    }

    @Override
    public String description() {
        return "writes a line of text for each span";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        return new LinesExporter(Path.of(config.required("path")));
    }
}
