package io.zerospan.exporter.viewer;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Exporter;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Stability;
import org.pf4j.Extension;

/** {@code viewer}: Zipkin's user interface over the newest spans, inside the host. */
@Extension
public final class ViewerExporterFactory implements ExporterFactory {
    /** As far as the heap goes, of which the viewer takes a third: see {@link HeldSpans}. */
    private static final long DEFAULT_MAX_SPANS = 50_000;

    private static final long MOST_SPANS = 10_000_000;

    @Override
    public String type() {
        return "viewer";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Keeps the newest traces in memory and shows them in the browser";
    }

    @Override
    public Exporter create(Config config, ComponentContext context) {
        String endpoint = String.valueOf(config.string("endpoint", ListenAddress.DEFAULT));
        int maxSpans = (int) config.integer("max_spans", DEFAULT_MAX_SPANS, 1, MOST_SPANS);
        ListenAddress address = ListenAddress.parse(endpoint);
        if (address == null) {
            config.reject("endpoint", "'" + endpoint + "' is no address; write host:port, such as 127.0.0.1:9412");
            address = new ListenAddress("127.0.0.1", 0);
        }
        return new ViewerExporter(context.id(), address, maxSpans);
    }
}
