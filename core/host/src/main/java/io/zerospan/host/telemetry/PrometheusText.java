package io.zerospan.host.telemetry;

/** All metrics in Prometheus' text format, version 0.0.4. */
final class PrometheusText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    /** Counters have it at their end; the Collector's own names lack it until they are exposed. */
    private static final String TOTAL = "_total";

    private final StringBuilder text = new StringBuilder();
    private String last = "";

    static String of(Metrics metrics) {
        PrometheusText all = new PrometheusText();
        metrics.counters()
                .forEach((series, value) -> all.add(
                        series.name().endsWith(TOTAL) ? series.name() : series.name() + TOTAL,
                        "counter",
                        series,
                        value));
        metrics.gauges().forEach((series, value) -> all.add(series.name(), "gauge", series, value));
        return all.text.toString();
    }

    private void add(String name, String type, Series series, long value) {
        if (!name.equals(last)) {
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            last = name;
        }
        text.append(name);
        for (int i = 0; i < series.labels().size(); i += 2) {
            text.append(i == 0 ? '{' : ',')
                    .append(series.labels().get(i))
                    .append("=\"")
                    .append(escaped(series.labels().get(i + 1)))
                    .append('"');
        }
        text.append(series.labels().isEmpty() ? " " : "} ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
