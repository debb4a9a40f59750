package io.zerospan.exporter.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import zipkin2.Span;
import zipkin2.codec.DependencyLinkBytesEncoder;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.internal.JsonEscaper;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.QueryRequest;

/** The part of Zipkin's API v2 that Lens asks for. */
final class ZipkinApi {
    private static final long DAY_MILLIS = 86_400_000;
    private static final long DEFAULT_LIMIT = 10;

    /** A page of more traces than this takes the browser longer than anyone waits. */
    private static final long LARGEST_LIMIT = 10_000;

    private static final byte[] UI_CONFIG =
            "{\"environment\":\"zerospan\",\"queryLimit\":50,\"defaultLookback\":3600000,\"searchEnabled\":true,\"dependency\":{\"enabled\":true}}"
                    .getBytes(UTF_8);

    private final InMemoryStorage storage;

    ZipkinApi(InMemoryStorage storage) {
        this.storage = storage;
    }

    Answer uiConfig() {
        return Answer.json(UI_CONFIG);
    }

    Answer answer(String path, Query query) throws IOException {
        if (path.startsWith("trace/")) {
            return trace(path.substring("trace/".length()));
        }
        return switch (path) {
            case "services" -> texts(storage.getServiceNames().execute());
            case "spans" -> texts(storage.getSpanNames(service(query)).execute());
            case "remoteServices" ->
                texts(storage.getRemoteServiceNames(service(query)).execute());
            case "traces" ->
                Answer.json(traces(storage.getTraces(request(query)).execute()));
            case "dependencies" ->
                Answer.json(DependencyLinkBytesEncoder.JSON_V1.encodeList(
                        storage.getDependencies(endTs(query), query.number("lookback", DAY_MILLIS))
                                .execute()));
            case "autocompleteKeys", "autocompleteValues" -> texts(List.of());
            default -> Answer.text(404, "The viewer does not answer this part of Zipkin's API.");
        };
    }

    private Answer trace(String traceId) throws IOException {
        List<Span> spans = storage.getTrace(Span.normalizeTraceId(traceId)).execute();
        return spans.isEmpty()
                ? Answer.text(404, "The viewer does not have this trace, or not any longer.")
                : Answer.json(SpanBytesEncoder.JSON_V2.encodeList(spans));
    }

    private static QueryRequest request(Query query) {
        return QueryRequest.newBuilder()
                .serviceName(query.text("serviceName"))
                .remoteServiceName(query.text("remoteServiceName"))
                .spanName(query.text("spanName"))
                .parseAnnotationQuery(query.text("annotationQuery"))
                .minDuration(query.number("minDuration"))
                .maxDuration(query.number("maxDuration"))
                .endTs(endTs(query))
                .lookback(query.number("lookback", DAY_MILLIS))
                .limit((int) Math.min(query.number("limit", DEFAULT_LIMIT), LARGEST_LIMIT))
                .build();
    }

    private static long endTs(Query query) {
        return query.number("endTs", System.currentTimeMillis());
    }

    private static String service(Query query) {
        String service = query.text("serviceName");
        return service == null ? "" : service;
    }

    private static byte[] traces(List<List<Span>> traces) {
        return traces.stream()
                .map(trace -> new String(SpanBytesEncoder.JSON_V2.encodeList(trace), UTF_8))
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    private static Answer texts(List<String> texts) {
        return Answer.json(texts.stream()
                .map(text -> "\"" + JsonEscaper.jsonEscape(text) + "\"")
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8));
    }
}
