package io.zerospan.export;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;

/**
 * The other side of a call: its name from what was asked for, its address from what was connected. An address is no name:
 * a service that is traced itself would appear a second time, under it.
 */
public final class RemoteEndpoint {
    private static final AttributeKey<String> PEER_SERVICE = AttributeKey.stringKey("peer.service");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> PEER_ADDRESS = AttributeKey.stringKey("network.peer.address");
    private static final AttributeKey<Long> PEER_PORT = AttributeKey.longKey("network.peer.port");
    private static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> DATABASE_SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final int HIGHEST_PORT = 65_535;

    private RemoteEndpoint() {}

    public static Endpoint of(SpanData span) {
        Attributes attributes = span.getAttributes();
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        String peer = attributes.get(PEER_ADDRESS);
        boolean hasIp = endpoint.parseIp(peer);
        Long port = attributes.get(PEER_PORT);
        if (span.getKind() == SpanKind.CLIENT || span.getKind() == SpanKind.PRODUCER) {
            String server = attributes.get(SERVER_ADDRESS);
            if (!hasIp) {
                endpoint.parseIp(server);
            }
            endpoint.serviceName(firstName(
                    attributes.get(PEER_SERVICE),
                    server,
                    peer,
                    attributes.get(DATABASE),
                    attributes.get(DATABASE_SYSTEM)));
            port = port == null ? attributes.get(SERVER_PORT) : port;
        }
        if (port != null && port > 0 && port <= HIGHEST_PORT) {
            endpoint.port(port.intValue());
        }
        return endpoint.build(); // Zipkin leaves an empty one out
    }

    private static @Nullable String firstName(@Nullable String... names) {
        for (String name : names) {
            if (name != null && !name.isEmpty() && !isAddress(name)) {
                return name;
            }
        }
        return null;
    }

    /** No name of a host has a colon; IPv6 has, also with brackets or a zone that Zipkin does not read. */
    private static boolean isAddress(String text) {
        return text.indexOf(':') >= 0 || Endpoint.newBuilder().parseIp(text);
    }
}
