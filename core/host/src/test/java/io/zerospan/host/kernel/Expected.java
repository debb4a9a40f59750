package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.SpanTree.quoted;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A span as it should be, with its children, in the words of {@link SpanTree}. */
final class Expected {
    private final String kind;
    private String method;
    private final TreeMap<String, String> attributes = new TreeMap<>();
    private List<Expected> children = List.of();
    private @Nullable String route;
    private boolean failed;

    private Expected(String kind, String method) {
        this.kind = kind;
        this.method = method;
        text("http.request.method", method);
        text("network.protocol.version", "1.1");
    }

    /** A call of {@code http://127.0.0.1:PORT/...} that was answered with 200. */
    static Expected client(String method, String authority, String path) {
        Expected span = new Expected("CLIENT", method).status(200).text("url.full", "http://" + authority + path);
        return span.text("network.peer.address", host(authority))
                .number("network.peer.port", port(authority))
                .text("server.address", host(authority))
                .number("server.port", port(authority));
    }

    static Expected client(String authority, String path) {
        return client("GET", authority, path);
    }

    /** A call that never returned: nothing is known of it but how it came to its end. */
    static Expected abandoned(String end) {
        return abandoned("CLIENT", end);
    }

    static Expected abandoned(String kind, String end) {
        Expected span = new Expected(kind, "HTTP");
        span.attributes.clear();
        return span.error(end);
    }

    /** Its other side, in a handler whose pattern is the path. */
    static Expected server(String method, String authority, String path) {
        Expected span = new Expected("SERVER", method)
                .status(200)
                .text("url.path", path)
                .text("url.scheme", "http");
        span.route = path;
        return span.text("client.address", "127.0.0.1")
                .text("network.peer.address", "127.0.0.1")
                .raw("network.peer.port", SpanTree.SOME_PORT)
                .text("server.address", host(authority))
                .number("server.port", port(authority));
    }

    static Expected server(String authority, String path) {
        return server("GET", authority, path);
    }

    /** Both sides of a call. */
    static Expected call(String authority, String path, Expected... within) {
        return client(authority, path).children(server(authority, path).children(within));
    }

    private static String host(String authority) {
        return authority.substring(0, authority.lastIndexOf(':'));
    }

    private static long port(String authority) {
        return Long.parseLong(authority.substring(authority.lastIndexOf(':') + 1));
    }

    Expected children(Expected... spans) {
        children = List.of(spans);
        return this;
    }

    Expected text(String key, String value) {
        return raw(key, quoted(value));
    }

    Expected number(String key, long value) {
        return raw(key, Long.toString(value));
    }

    private Expected raw(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    /** Texts that lack their end. */
    Expected cut(String... texts) {
        return texts.length == 0 ? this : raw("zerospan.cut", List.of(texts).toString());
    }

    Expected without(String... keys) {
        attributes.keySet().removeAll(List.of(keys));
        return this;
    }

    Expected status(long code) {
        return number("http.response.status_code", code);
    }

    Expected route(@Nullable String pattern) {
        route = pattern;
        return this;
    }

    /** Its method is none that is known; nor is it shown. */
    Expected unknownMethod() {
        method = "HTTP";
        return text("http.request.method", "_OTHER");
    }

    /** Ended with an error, after or instead of an answer. */
    Expected error(String type) {
        failed = true;
        return text("error.type", type);
    }

    /** Ended with an error before there was an answer. */
    Expected unanswered(String type) {
        return error(type)
                .without("http.response.status_code", "CLIENT".equals(kind) ? "network.protocol.version" : "");
    }

    @Override
    public String toString() {
        return text("");
    }

    private String text(String indent) {
        TreeMap<String, String> all = new TreeMap<>(attributes);
        if (route != null && kind.equals("SERVER")) {
            all.put("http.route", quoted(route));
        }
        String name = all.containsKey("http.route") ? method + " " + route : method;
        StringBuilder text = new StringBuilder(indent)
                .append(SpanTree.line(kind, name, failed ? "ERROR" : "UNSET", all))
                .append('\n');
        children.forEach(child -> text.append(child.text(indent + "  ")));
        return text.toString();
    }
}
