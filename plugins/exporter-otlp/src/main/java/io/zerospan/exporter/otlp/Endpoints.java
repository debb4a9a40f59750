package io.zerospan.exporter.otlp;

import io.zerospan.api.Config;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The backend's address as a URL, from the notations that the Collector accepts. */
final class Endpoints {
    private static final Pattern URL = Pattern.compile("https?://.*");
    private static final String TRACES_PATH = "/v1/traces";
    private static final String NO_ADDRESS = "' is no address; write host:port, such as collector:4317";
    private static final String STAND_IN = "http://localhost:1";

    private Endpoints() {}

    /** {@code host:port}, encrypted unless {@code insecure}; or a URL, whose scheme decides. */
    static String grpc(Config config, boolean insecure) {
        String endpoint = config.required("endpoint");
        if (endpoint.isEmpty()) {
            return STAND_IN;
        }
        boolean whole = URL.matcher(endpoint).matches();
        String url = whole ? endpoint : (insecure ? "http://" : "https://") + endpoint;
        URI uri = parse(url);
        boolean path = uri != null && !uri.getPath().replace("/", "").isEmpty();
        if (uri == null || uri.getPort() < 1 || uri.getPort() > 65_535 || path) {
            config.reject(
                    "endpoint",
                    "'" + endpoint + NO_ADDRESS + (whole && path ? "; for a URL with a path use otlphttp" : ""));
            return STAND_IN;
        }
        return url;
    }

    /** {@code traces_endpoint} as it stands, or {@code endpoint} followed by {@code /v1/traces}. */
    static String http(Config config) {
        String traces = config.string("traces_endpoint", null);
        String base = config.string("endpoint", null);
        if (traces != null) {
            return checked(config, "traces_endpoint", traces);
        }
        if (base == null) {
            config.reject("endpoint", "is required, or traces_endpoint; such as http://collector:4318");
            return STAND_IN;
        }
        return checked(config, "endpoint", base).replaceAll("/+$", "") + TRACES_PATH;
    }

    private static String checked(Config config, String key, String url) {
        if (!URL.matcher(url).matches() || parse(url) == null) {
            config.reject(key, "'" + url + "' is no URL; write such as http://collector:4318");
            return STAND_IN;
        }
        return url;
    }

    private static @Nullable URI parse(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null || uri.getUserInfo() != null ? null : uri;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
