package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The test program {@code streams}, traced: runs one scenario after the other and gives the spans of each. */
final class Streams implements AutoCloseable {
    /** What one scenario said and gave. */
    record Outcome(String said, List<SpanData> spans) {}

    private final GoProgram program;
    private final Tracing.Spans spans = new Tracing.Spans();
    private final Tracing tracing;
    private final Map<String, String> bases = new HashMap<>();
    private int seen;
    private int marks;

    Streams(GoBuild build, PushedDown pushedDown) throws Exception {
        program = GoProgram.start(build.build());
        try {
            for (String way : program.await("ready").split(" ")) {
                bases.put(way.substring(0, way.indexOf('=')), way.substring(way.indexOf('=') + 1));
            }
            tracing = Tracing.of(spans, pushedDown, Tracing.pid(program));
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    /** Such as {@code https://127.0.0.1:12345}. */
    String base(String way) {
        return bases.get(way);
    }

    /**
     * Runs a scenario and then a request that marks its end. A server's span may end after its client's, so as many as
     * there should be are waited for.
     */
    Outcome run(String scenario, int count) throws Exception {
        program.say(scenario);
        String said = program.await("done");
        eventually().until(() -> spans.all().size() - seen >= count);
        String mark = "/leaf/mark" + marks++;
        program.say("net get " + mark);
        program.await("done");
        Predicate<SpanData> isMark = span -> Calls.path(span).equals(mark);
        eventually().until(() -> spans.where(isMark).size() == 2);
        List<SpanData> all = spans.all();
        List<SpanData> fresh =
                all.subList(seen, all.size()).stream().filter(isMark.negate()).toList();
        seen = all.size();
        return new Outcome(said, fresh);
    }

    /** Runs a scenario and compares what it said and all traces that came of it. */
    List<SpanData> check(String scenario, String said, Expected... traces) throws Exception {
        List<String> expected = List.of(traces).stream().map(Expected::toString).toList();
        int count =
                expected.stream().mapToInt(text -> (int) text.lines().count()).sum();
        Outcome outcome = run(scenario, count);
        assertThat(outcome.said).isEqualTo(said);
        assertThat(SpanTree.of(outcome.spans)).isEqualTo(expected);
        return outcome.spans;
    }

    /** Both sides of a call over HTTP/2. */
    Expected call(String way, String path, String route, Expected... within) {
        return client(way, path).children(server(way, path, route).children(within));
    }

    Expected client(String way, String path) {
        return Expected.client(authority(way), path)
                .text("url.full", base(way) + path)
                .text("network.protocol.version", "2");
    }

    Expected server(String way, String path, String route) {
        return Expected.server(authority(way), path)
                .route(route)
                .text("url.scheme", base(way).substring(0, base(way).indexOf(':')))
                .text("network.protocol.version", "2");
    }

    private String authority(String way) {
        return base(way).substring(base(way).lastIndexOf('/') + 1);
    }

    Map<String, Long> lost() {
        return tracing.lost();
    }

    @Override
    public void close() throws Exception {
        try (program;
                tracing) {
            eventually()
                    .untilAsserted(
                            () -> assertThat(tracing.entries(program.pid())).containsExactly("kind 4 id 0"));
        }
    }
}
