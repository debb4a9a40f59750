package io.zerospan.export;

import io.zerospan.api.Config;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where and how an {@link HttpPost} sends. */
public record PostOptions(URI endpoint, Duration timeout, Map<String, String> headers) {
    /** The Collector's, for every exporter. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private static final URI STAND_IN = URI.create("http://localhost:1");
    private static final int HIGHEST_PORT = 65_535;

    /** What the exporter itself says about the body; a second value would make the request ambiguous. */
    private static final Set<String> OURS = Set.of("content-type", "content-encoding");

    /** Reads {@code endpoint}, {@code timeout} and {@code headers}; {@code example} is a URL for the error message. */
    public static PostOptions read(Config config, String example) {
        Map<String, String> headers = headers(config);
        return new PostOptions(endpoint(config, example), config.duration("timeout", DEFAULT_TIMEOUT), headers);
    }

    private static URI endpoint(Config config, String example) {
        String text = config.required("endpoint");
        if (text.isEmpty()) {
            return STAND_IN; // its absence is recorded
        }
        URI url = url(text);
        if (url == null) {
            config.reject("endpoint", "'" + text + "' is no URL; write such as " + example);
            return STAND_IN;
        }
        return url;
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean place = url.getHost() != null && url.getPort() != 0 && url.getPort() <= HIGHEST_PORT;
            return http && place && url.getUserInfo() == null && url.getFragment() == null ? url : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The JDK knows which names and values a request may carry; its message would show the value, so ours does not. */
    private static Map<String, String> headers(Config config) {
        Map<String, String> usable = new LinkedHashMap<>();
        config.secrets("headers").forEach((name, value) -> {
            try {
                if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException(name);
                }
                HttpRequest.newBuilder().header(name, value);
                usable.put(name, value);
            } catch (IllegalArgumentException e) {
                config.reject("headers", "'" + name + "' is a name, or has a value, that a request cannot carry");
            }
        });
        return usable;
    }
}
