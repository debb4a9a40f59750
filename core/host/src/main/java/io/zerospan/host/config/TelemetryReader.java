package io.zerospan.host.config;

import io.zerospan.api.Config;
import io.zerospan.host.config.HostConfig.MetricsAddress;
import io.zerospan.host.config.HostConfig.TelemetryConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code service::telemetry}, in the Collector's words. */
final class TelemetryReader {
    private static final int HIGHEST_PORT = 65_535;
    /** The Collector's. */
    private static final int PORT = 8888;

    private TelemetryReader() {}

    static TelemetryConfig read(NodeConfig config) {
        String level = config.section("logs").choice("level", "info", "debug", "info", "warn", "error");
        Config metrics = config.section("metrics");
        String amount = metrics.choice("level", "normal", "none", "basic", "normal", "detailed");
        MetricsAddress address = address(metrics);
        config.reportUnread();
        return new TelemetryConfig(level, amount.equals("none") ? null : address);
    }

    private static @Nullable MetricsAddress address(Config metrics) {
        List<Config> readers = metrics.sections("readers");
        if (readers.size() > 1) {
            metrics.reject("readers", "there are " + readers.size() + "; the metrics are shown in one place: keep one");
        }
        MetricsAddress last = null;
        for (Config reader : readers) {
            Config prometheus = reader.section("pull").section("exporter").section("prometheus");
            String host = String.valueOf(prometheus.string("host", "localhost"));
            last = new MetricsAddress(host, (int) prometheus.integer("port", PORT, 0, HIGHEST_PORT));
        }
        return last;
    }
}
