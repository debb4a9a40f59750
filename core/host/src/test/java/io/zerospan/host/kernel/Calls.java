package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Calls whose every path is used once: so for each server span it is known which client span is its parent.
 *
 * @param clients by path
 */
record Calls(Map<String, SpanData> clients, Map<String, SpanData> servers) {
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> FULL = AttributeKey.stringKey("url.full");

    /** Fails if a path comes twice on one side. */
    static Calls of(List<SpanData> spans, Predicate<String> wanted) {
        Calls calls = new Calls(new HashMap<>(), new HashMap<>());
        for (SpanData span : spans) {
            String path = path(span);
            if (wanted.test(path)) {
                Map<String, SpanData> side = span.getKind() == SpanKind.SERVER ? calls.servers : calls.clients;
                assertThat(side.put(path, span)).as("second span of %s", path).isNull();
            }
        }
        return calls;
    }

    static String path(SpanData span) {
        String path = span.getAttributes().get(PATH);
        if (path == null) {
            String url = span.getAttributes().get(FULL);
            path = url == null ? "" : url.substring(url.indexOf('/', url.indexOf("://") + "://".length()));
        }
        int question = path.indexOf('?');
        return question < 0 ? path : path.substring(0, question);
    }

    /** Server spans that are a child of any other span than the client's of their own path, and that span's path. */
    Map<String, String> wrongParents() {
        Map<String, String> pathOfClient = new HashMap<>();
        clients.forEach((path, client) -> pathOfClient.put(client.getSpanId(), path));
        Map<String, String> wrong = new TreeMap<>();
        servers.forEach((path, server) -> {
            SpanData client = clients.get(path);
            boolean own = client != null
                    && server.getParentSpanId().equals(client.getSpanId())
                    && server.getTraceId().equals(client.getTraceId());
            if (SpanId.isValid(server.getParentSpanId()) && !own) {
                wrong.put(path, pathOfClient.getOrDefault(server.getParentSpanId(), "nobody"));
            }
        });
        return wrong;
    }

    /** Server spans that are roots. */
    List<String> roots() {
        List<String> roots = new ArrayList<>();
        servers.forEach((path, server) -> {
            if (!SpanId.isValid(server.getParentSpanId())) {
                roots.add(path);
            }
        });
        return roots;
    }
}
