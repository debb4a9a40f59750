package io.zerospan.exporter.debug;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import java.util.Locale;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code debug}: spans in the host's own log. */
@Extension
public final class DebugExporterFactory implements ExporterFactory {
    private static final Logger log = LoggerFactory.getLogger("io.zerospan.exporter.debug");

    @Override
    public String type() {
        return "debug";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Writes spans to the log: a count, a line for each span, or all of it";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        String verbosity = config.choice("verbosity", "basic", "basic", "normal", "detailed");
        return new DebugExporter(context.id(), Verbosity.valueOf(verbosity.toUpperCase(Locale.ROOT)), log::info);
    }
}
