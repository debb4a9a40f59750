package io.zerospan.host.waterfall;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.testkit.TestSpanBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Traces to be drawn. */
final class Spans {
    private Spans() {}

    static String id(int number) {
        return String.format("%016x", number);
    }

    /** A span that begins so many microseconds after the trace's first one. */
    static TestSpanBuilder span(int number, SpanKind kind, String name, long afterMicros, long micros) {
        return aSpan().spanId(id(number))
                .kind(kind)
                .name(name)
                .start(TestSpanBuilder.START_EPOCH_NANOS + afterMicros * 1_000)
                .duration(Duration.ofNanos(micros * 1_000));
    }

    static TestSpanBuilder below(int parent, TestSpanBuilder span) {
        return span.parent(id(parent));
    }

    /** The children come before their parents, as they end. */
    static List<SpanData> calls() {
        return List.of(
                below(3, span(4, SpanKind.SERVER, "GET /hello", 1_500, 50_100)).build(),
                below(2, span(3, SpanKind.CLIENT, "GET", 1_000, 51_000))
                        .attribute("http.request.method", "GET")
                        .attribute("url.full", "http://127.0.0.1:8099/hello?name=x")
                        .build(),
                below(1, span(2, SpanKind.SERVER, "GET /call", 500, 52_000)).build(),
                span(1, SpanKind.CLIENT, "GET", 0, 53_000)
                        .attribute("http.request.method", "GET")
                        .attribute("url.full", "http://127.0.0.1:8099/call")
                        .build());
    }

    /** Sisters, errors, long and wide names, no time at all. */
    static List<SpanData> shop() {
        return List.of(
                span(1, SpanKind.SERVER, "POST /checkout", 0, 1_234_567)
                        .service("shop")
                        .status(StatusData.error())
                        .attribute("error.type", "500")
                        .build(),
                below(1, span(2, SpanKind.CLIENT, "SELECT carts", 2_000, 800))
                        .service("shop")
                        .attribute("db.query.text", "SELECT id, amount FROM carts WHERE customer = ? ORDER BY added")
                        .build(),
                below(1, span(3, SpanKind.CLIENT, "POST", 400_000, 800_000))
                        .service("shop")
                        .status(StatusData.error())
                        .attribute("http.request.method", "POST")
                        .attribute("url.full", "https://payments.internal.example.com/v2/authorizations/by-customer")
                        .attribute("error.type", "context.deadlineExceededError")
                        .build(),
                below(3, span(4, SpanKind.SERVER, "POST /v2/authorizations/{by}", 401_000, 900_000))
                        .service("payments-eu-central-blue")
                        .build(),
                below(1, span(5, SpanKind.INTERNAL, "注文を確認する 🛒 nåkkel", 3_000, 0))
                        .service("shop")
                        .build(),
                below(1, span(6, SpanKind.PRODUCER, "orders publish", 1_230_000, 12))
                        .service("shop")
                        .build());
    }

    /** Each span is the only child of the one before. */
    static List<SpanData> deep(int levels) {
        List<SpanData> spans = new ArrayList<>();
        spans.add(span(1, SpanKind.SERVER, "level 1", 0, levels * 1_000L).build());
        for (int level = 2; level <= levels; level++) {
            long inner = (levels - level + 1) * 1_000L;
            spans.add(below(level - 1, span(level, SpanKind.INTERNAL, "level " + level, level * 500L, inner))
                    .build());
        }
        return spans;
    }

    /** Text that wants to be more than text, and times that cannot be. */
    static List<SpanData> hostile() {
        return List.of(
                span(1, SpanKind.SERVER, "\u001b[2J\u001b]0;owned\u0007\r\ntrace forged", 0, 1_000)
                        .service("\u202eevil\u009b31m")
                        .build(),
                below(1, span(2, SpanKind.CLIENT, "\u2066" + "x".repeat(5_000) + "\u2069", -4_000, 1))
                        .service("s".repeat(300))
                        .status(StatusData.create(StatusCode.ERROR, "\u001b[0mfine\nline two"))
                        .build(),
                below(2, span(3, SpanKind.CLIENT, "", 900, 1).duration(Duration.ofNanos(-5)))
                        .service("")
                        .build(),
                below(5, span(4, SpanKind.INTERNAL, "loop", 10, 20)).build(),
                below(4, span(5, SpanKind.INTERNAL, "loop", 20, 20)).build());
    }
}
