package io.zerospan.exporter.viewer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code host:port}; no host means every address of the machine, as in the Collector. */
record ListenAddress(String host, int port) {
    static final String DEFAULT = "127.0.0.1:9412";
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[0-9a-zA-Z._-]*):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    static @Nullable ListenAddress parse(String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > HIGHEST_PORT) {
            return null;
        }
        return new ListenAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    InetSocketAddress socket() throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
