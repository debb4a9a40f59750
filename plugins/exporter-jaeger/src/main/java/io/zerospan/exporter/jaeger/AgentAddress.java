package io.zerospan.exporter.jaeger;

import io.zerospan.api.Config;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** {@code host:port} of Jaeger's agent. */
record AgentAddress(String host, int port) {
    private static final AgentAddress STAND_IN = new AgentAddress("localhost", 1);
    private static final int HIGHEST_PORT = 65_535;

    static AgentAddress read(Config config) {
        String text = config.required("endpoint");
        if (text.isEmpty()) {
            return STAND_IN; // its absence is recorded
        }
        AgentAddress address = parse(text);
        if (address == null) {
            config.reject("endpoint", "'" + text + "' is no address; write host:port, such as jaeger:6831");
            return STAND_IN;
        }
        return address;
    }

    private static @Nullable AgentAddress parse(String text) {
        try {
            URI uri = URI.create("udp://" + text);
            boolean plain = uri.getHost() != null && text.equals(uri.getHost() + ":" + uri.getPort());
            return plain && uri.getPort() > 0 && uri.getPort() <= HIGHEST_PORT
                    ? new AgentAddress(uri.getHost(), uri.getPort())
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
