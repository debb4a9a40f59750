package io.zerospan.exporter.otlp;

import io.zerospan.api.Config;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What both protocols have in common. */
record ClientOptions(Duration timeout, boolean gzip, Map<String, String> headers, TlsOptions tls) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** RFC 9110: a token, then visible ASCII with blanks. Anything else could smuggle a second header in. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    static ClientOptions read(Config config) {
        return new ClientOptions(
                config.duration("timeout", DEFAULT_TIMEOUT),
                config.choice("compression", "gzip", "gzip", "none").equals("gzip"),
                headers(config),
                TlsOptions.read(config.section("tls")));
    }

    private static Map<String, String> headers(Config config) {
        Map<String, String> usable = new LinkedHashMap<>();
        config.secrets("headers").forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches()) {
                config.reject("headers", "'" + name + "' is no name of a header");
            } else if (!HEADER_VALUE.matcher(value).matches()) {
                config.reject("headers", "the value of '" + name + "' holds other than visible ASCII characters");
            } else {
                usable.put(name, value);
            }
        });
        return usable;
    }
}
