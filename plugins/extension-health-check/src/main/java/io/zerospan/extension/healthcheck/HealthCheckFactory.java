package io.zerospan.extension.healthcheck;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.HostExtension;
import io.zerospan.api.Stability;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.pf4j.Extension;

/** {@code health_check}: the Collector's, with its options, defaults and answers. */
@Extension
public final class HealthCheckFactory implements ExtensionFactory {
    private static final String ENDPOINT = "endpoint";
    private static final String PATH = "path";
    private static final int HIGHEST_PORT = 65_535;

    @Override
    public String type() {
        return "health_check";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Answers over HTTP whether the host traces";
    }

    @Override
    public HostExtension create(Config config, ComponentContext context) {
        String path = String.valueOf(config.string(PATH, "/"));
        if (!path.startsWith("/")) {
            config.reject(PATH, "'" + path + "' is no path; write one that begins with /, such as /healthz");
            path = "/";
        }
        InetSocketAddress address = address(config);
        return new HealthCheck(context.id(), address, path, new Health(Clock.systemUTC()));
    }

    /** Unresolved: {@code validate} asks no name server. */
    private static InetSocketAddress address(Config config) {
        String endpoint = String.valueOf(config.string(ENDPOINT, "localhost:13133"));
        int colon = endpoint.lastIndexOf(':');
        String host = endpoint.substring(0, Math.max(colon, 0));
        String port = endpoint.substring(colon + 1);
        boolean bare = host.contains(":") && !(host.startsWith("[") && host.endsWith("]"));
        if (colon < 0
                || bare
                || host.matches(".*[/\\s].*")
                || !port.matches("\\d{1,5}")
                || Integer.parseInt(port) > HIGHEST_PORT) {
            config.reject(ENDPOINT, "'" + endpoint + "' is no address; write host:port, such as localhost:13133");
            return new InetSocketAddress(0);
        }
        return host.isEmpty()
                ? new InetSocketAddress(Integer.parseInt(port))
                : InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
    }
}
