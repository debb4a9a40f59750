package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a few calls of the shop while the distribution ran with {@code everything.yaml}.
 *
 * @param stock where the shop calls it
 * @param calls whose other side Zipkin knows
 * @param links of Zipkin's service graph
 * @param log of the host
 */
record Everything(
        List<Sent> sent,
        String stock,
        List<BackendSpan> otlp,
        List<BackendSpan> jaeger,
        List<BackendSpan> zipkin,
        List<String> calls,
        List<String> links,
        String log) {

    /** A call and the context that came with it. */
    record Sent(ShopCall call, @Nullable Inbound context) {
        boolean isTraced() {
            return context == null || context.sampled();
        }
    }

    private static final Path DROP_INS =
            Path.of("src", "test", "resources", "with-drop-ins.yaml").toAbsolutePath();

    /** Every format, sampled and not. */
    private static List<Sent> program() {
        return List.of(
                new Sent(ShopCall.LOOK, null),
                new Sent(ShopCall.BUY, Inbound.sampled(Inbound.Format.TRACEPARENT)),
                new Sent(ShopCall.REMEMBER, Inbound.sampled(Inbound.Format.B3)),
                new Sent(ShopCall.BUY_AGAIN, Inbound.sampled(Inbound.Format.X_B3)),
                new Sent(ShopCall.BUY_WHAT_IS_SOLD_OUT, Inbound.sampled(Inbound.Format.B3_SHORT)),
                new Sent(ShopCall.LOOK, Inbound.unsampled(Inbound.Format.TRACEPARENT)),
                new Sent(ShopCall.BUY_AGAIN, Inbound.unsampled(Inbound.Format.B3)),
                new Sent(ShopCall.REMEMBER, Inbound.unsampled(Inbound.Format.X_B3)),
                new Sent(ShopCall.LOOK_FOR_NOTHING, null));
    }

    /** Runs it with the shop as this Go builds it. */
    static Everything run(String go, Installation zerospan, Path folder, Backends backends) throws Exception {
        String suffix = "@" + go;
        Path binary = Shop.build(go, folder.resolve("shop"));
        List<Sent> sent = program();
        String buyer = UUID.randomUUID().toString();
        int expected = sent.stream()
                .filter(Sent::isTraced)
                .mapToInt(call -> call.call.spans())
                .sum();
        try (Shop shop = Shop.start(binary, backends.postgres(), suffix);
                Daemon host =
                        zerospan.run(backends.environment(binary), zerospan.example("everything.yaml"), DROP_INS)) {
            for (Sent call : sent) {
                String path = call.call.path.replace("BUYER", buyer);
                Map<String, String> headers = call.context == null ? Map.of() : call.context.headers();
                assertThat(shop.request(call.call.method, path, headers)).isEqualTo(call.call.status);
            }
            awaitSpans(backends, suffix, expected); // while it runs; its end would bring them out in any case
            assertThat(host.stop()).as(host.log()).isZero();
            awaitSpans(backends, suffix, delivered(host, "otlp"));
            return new Everything(
                    sent,
                    shop.stock(),
                    backends.collector().byOtlp(suffix),
                    backends.collector().byJaeger(suffix),
                    backends.zipkin().spans(suffix),
                    backends.zipkin().calls(suffix),
                    backends.zipkin().links(suffix),
                    host.log());
        }
    }

    private static void awaitSpans(Backends backends, String suffix, int count) {
        eventually().until(() -> backends.collector().byOtlp(suffix).size() >= count);
        eventually().until(() -> backends.collector().byJaeger(suffix).size() >= count);
        eventually().until(() -> backends.zipkin().spans(suffix).size() >= count);
    }

    /** What the host's last line says. */
    static int delivered(Daemon host, String exporter) {
        return Integer.parseInt(host.await("otelcol_exporter_sent_spans{exporter=" + exporter + "}=")
                .split(" ", 2)[0]);
    }

    /** By their start. */
    List<BackendSpan> roots() {
        List<String> ids = otlp.stream().map(BackendSpan::spanId).toList();
        return otlp.stream()
                .filter(span -> !ids.contains(span.parentId()))
                .sorted(Comparator.comparingLong(BackendSpan::startMicros))
                .toList();
    }

    List<Sent> traced() {
        return sent.stream().filter(Sent::isTraced).toList();
    }
}
