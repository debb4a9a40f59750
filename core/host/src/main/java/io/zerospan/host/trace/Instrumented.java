package io.zerospan.host.trace;

import java.util.Locale;

/** What becomes of a process that makes spans of its own by an OpenTelemetry SDK. */
public enum Instrumented {
    /** Its own spans are enough: ours come out of it. */
    SKIP,
    /** It is traced like any other; each request may have a span of both. */
    TRACE;

    /** As the configuration says it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
