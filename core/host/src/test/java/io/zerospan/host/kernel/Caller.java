package io.zerospan.host.kernel;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Somebody whom no probe sees and who names its own span as the parent: a trace id and a span id. */
record Caller(String traceId, String spanId) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Caller random(Random random) {
        byte[] ids = new byte[24];
        random.nextBytes(ids);
        String hex = HexFormat.of().formatHex(ids);
        return new Caller(hex.substring(0, 32), hex.substring(32));
    }

    /** Whether a sampler of this percentage keeps the trace, by the last 7 bytes of its id. */
    boolean keptBy(double percentage) {
        return Long.parseUnsignedLong(traceId.substring(18), 16) >= PushedDown.threshold(percentage);
    }

    String traceparent(boolean sampled) {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /** Without a decision. */
    String b3() {
        return traceId + "-" + spanId;
    }

    /** GETs a page; {@code headers} are names and values by turns. Returns the status. */
    static int get(String authority, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + authority + path));
        return CLIENT.send(
                        (headers.length == 0 ? request : request.headers(headers)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The given headers in front of as many others as are missing to {@code count}. */
    static String[] among(int count, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        for (int i = 0; all.size() < 2 * count; i++) {
            all.addAll(List.of("X-Other-" + i, "value"));
        }
        return all.toArray(String[]::new);
    }
}
