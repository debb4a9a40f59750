package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The test program {@code web} behind probes that processors have told what to do; callers name their spans. */
final class TracedWeb implements AutoCloseable {
    /** Kept by every sampler but one that keeps nothing, and by that one if it heeds its caller. */
    private static final Caller MARK = new Caller("ffffffffffffffffffffffffffffffff", "eeeeeeeeeeeeeeee");

    private final GoProgram program;
    private final Tracing.Spans spans = new Tracing.Spans();
    private final Tracing tracing;
    private final String authority;
    private int seen;

    TracedWeb(GoBuild build, PushedDown pushedDown) throws Exception {
        program = GoProgram.start(build.build());
        try {
            authority = program.await("ready").split(" ")[0];
            tracing = Tracing.of(spans, pushedDown, Tracing.pid(program));
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    String authority() {
        return authority;
    }

    /** All spans since the last call: those of a request made now come behind them. */
    List<SpanData> fresh() throws Exception {
        Caller.get(authority, "/hello", "traceparent", MARK.traceparent(true));
        eventually().until(() -> spans.where(TracedWeb::isMark).size() > marks(seen));
        List<SpanData> all = new ArrayList<>(spans.all());
        List<SpanData> fresh = all.subList(seen, all.size()).stream()
                .filter(span -> !isMark(span))
                .toList();
        seen = all.size();
        return fresh;
    }

    private long marks(int before) {
        return spans.all().subList(0, before).stream().filter(TracedWeb::isMark).count();
    }

    private static boolean isMark(SpanData span) {
        return span.getTraceId().equals(MARK.traceId());
    }

    Map<String, Long> lost() {
        return tracing.lost();
    }

    @Override
    public void close() throws Exception {
        try (program) {
            tracing.close();
        }
    }
}
