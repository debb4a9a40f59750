package io.zerospan.host.kernel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls of the test program {@code truth}, as its spans tell them. Of a span only what names it and its parent is
 * kept: there are hundreds of thousands.
 */
final class Forest implements SpanConsumer {
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> FULL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");

    /** So many differences tell enough. */
    private static final int SHOWN = 20;

    private record Call(String name, String traceId, String spanId, String parentId) {}

    private final List<Call> calls = new ArrayList<>();

    @Override
    public synchronized void accept(List<SpanData> spans) {
        for (SpanData span : spans) {
            calls.add(new Call(name(span), span.getTraceId(), span.getSpanId(), span.getParentSpanId()));
        }
    }

    synchronized int size() {
        return calls.size();
    }

    /** Each call and the one that made it, as the program itself writes them down. */
    synchronized List<String> lines() {
        Map<String, Call> byId = new HashMap<>();
        calls.forEach(call -> byId.put(call.spanId, call));
        return calls.stream().map(call -> call.name + " " + caller(call, byId)).toList();
    }

    /** Lines that come more often on one side, the first few; more than 0: too often in the spans. */
    Map<String, Integer> differences(List<String> expected) {
        Map<String, Integer> counts = new HashMap<>();
        lines().forEach(line -> counts.merge(line, 1, Integer::sum));
        expected.forEach(line -> counts.merge(line, -1, Integer::sum));
        counts.values().removeIf(count -> count == 0);
        if (counts.size() > SHOWN) {
            System.out.println(counts.size() + " differences");
        }
        Map<String, Integer> first = new TreeMap<>();
        counts.entrySet().stream().limit(SHOWN).forEach(entry -> first.put(entry.getKey(), entry.getValue()));
        return first;
    }

    private static String caller(Call call, Map<String, Call> byId) {
        if (!SpanId.isValid(call.parentId)) {
            return "-";
        }
        Call parent = byId.get(call.parentId);
        if (parent == null) {
            return "nobody";
        }
        return parent.traceId.equals(call.traceId) ? parent.name : parent.name + " of another trace";
    }

    private static String name(SpanData span) {
        if (span.getKind() == SpanKind.SERVER) {
            return "server" + number(span.getAttributes().get(PATH));
        }
        String url = span.getAttributes().get(FULL);
        if (url != null) {
            return "client" + number(url);
        }
        String query = span.getAttributes().get(QUERY);
        if (query != null) {
            return "sql" + query.substring("SELECT ".length());
        }
        return span.getAttributes().get(OPERATION) == null ? "broken" : "step";
    }

    private static String number(@org.jspecify.annotations.Nullable String path) {
        return path == null ? " without a path" : path.substring(path.lastIndexOf('/') + 1);
    }
}
