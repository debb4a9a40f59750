package io.zerospan.receiver.databasesql;

import io.zerospan.api.SpanDraft;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads to.
 *
 * @param name of a host, an address, or the path of a socket
 * @param port 0 if there is none or it is not known
 */
record ServerAddress(String name, int port) {
    /** As go-sql-driver has it: a name or an IPv6 address in brackets, and behind it a port. */
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*)):(\\d{1,5})");

    private static final int HIGHEST_PORT = 65535;

    /** What the driver was told, else what the connection's other end is; null if neither was read. */
    static @Nullable ServerAddress of(SpanDraft span) {
        String host = span.text("zs.host");
        if (host != null && !host.isBlank()) {
            return of(host, port(span.number("zs.port", 0)));
        }
        String peer = span.text("network.peer.address");
        return peer == null ? null : new ServerAddress(peer, port(span.number("network.peer.port", 0)));
    }

    /** The name of a PostgreSQL's socket has a port in it all the same, which is nobody else's business. */
    private static ServerAddress of(String host, int port) {
        if (host.startsWith("/") || host.startsWith("@")) {
            return new ServerAddress(host, 0);
        }
        Matcher together = WITH_PORT.matcher(host);
        if (port != 0 || !together.matches()) {
            return new ServerAddress(host, port);
        }
        String name = together.group(1) == null ? together.group(2) : together.group(1);
        return new ServerAddress(name, port(Long.parseLong(together.group(3))));
    }

    private static int port(long number) {
        return number > 0 && number <= HIGHEST_PORT ? (int) number : 0;
    }

    @Override
    public String toString() {
        String host = name.indexOf(':') < 0 ? name : '[' + name + ']';
        return port == 0 ? name : host + ':' + port;
    }
}
