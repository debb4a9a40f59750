package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.host.trace.TargetRule;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The test program {@code web} or one like it, traced: runs one scenario after the other and gives the spans of each. */
final class Web implements AutoCloseable {
    /** What one scenario said and gave. */
    record Outcome(String said, List<SpanData> spans) {
        List<String> trees() {
            return SpanTree.of(spans);
        }
    }

    private final GoProgram program;
    private final Tracing.Spans spans = new Tracing.Spans();
    private final Tracing tracing;
    private final String[] authorities;
    private int seen;
    private int marks;

    /** How it is traced. */
    private interface Way {
        Tracing of(Tracing.Spans spans, TargetRule target) throws Exception;
    }

    private Web(GoBuild build, Way way) throws Exception {
        program = GoProgram.start(build.build());
        try {
            authorities = program.await("ready").split(" ");
            tracing = way.of(spans, Tracing.pid(program));
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    static Web start(GoBuild build) throws Exception {
        return new Web(build, Tracing::of);
    }

    /** With its callers' headers and its statements. */
    static Web startAll(GoBuild build) throws Exception {
        return new Web(build, (spans, target) -> Tracing.ofAll(spans, PushedDown.headers(), target));
    }

    /** Host and port of the server that speaks plain HTTP. */
    String plain() {
        return authority(0);
    }

    /** Of the servers that the program has named, in its order. */
    String authority(int index) {
        return authorities[index];
    }

    String tls() {
        return authorities[1];
    }

    String http2() {
        return authorities[2];
    }

    String wrapped() {
        return authorities[3];
    }

    /**
     * Runs a scenario, waits for as many spans as it should give, and then for those of a request made after it: what
     * came before these is all that the scenario gave, be it more or other than it should.
     */
    Outcome run(String scenario, int count) throws Exception {
        program.say(scenario);
        String said = program.await("done");
        eventually()
                .untilAsserted(() -> assertThat(spans.all().size() - seen)
                        .as(() -> "spans of '" + scenario + "'; lost: " + lost())
                        .isGreaterThanOrEqualTo(count));
        String mark = "/items/mark" + marks++;
        program.say("get " + mark);
        program.await("done");
        Predicate<SpanData> isMark = span -> span.getAttributes().asMap().values().stream()
                .anyMatch(value -> value.toString().endsWith(mark));
        eventually().until(() -> spans.where(isMark).size() == 2);
        List<SpanData> all = spans.all();
        List<SpanData> fresh =
                all.subList(seen, all.size()).stream().filter(isMark.negate()).toList();
        seen = all.size();
        return new Outcome(said, fresh);
    }

    /** Runs a scenario and compares what it said and all traces that came of it. */
    void check(String scenario, String said, Expected... traces) throws Exception {
        List<String> expected = List.of(traces).stream().map(Expected::toString).toList();
        int count =
                expected.stream().mapToInt(text -> (int) text.lines().count()).sum();
        Outcome outcome = run(scenario, count);
        assertThat(outcome.said).isEqualTo(said);
        assertThat(outcome.trees()).isEqualTo(expected);
    }

    Map<String, Long> lost() {
        return tracing.lost();
    }

    /** Nothing stays of requests and connections that have ended; only that the process lives is noted. */
    void awaitNothingOpen() {
        eventually()
                .untilAsserted(() -> assertThat(tracing.entries(program.pid())).containsExactly("kind 4 id 0"));
    }

    @Override
    public void close() throws Exception {
        try (program;
                tracing) {
            awaitNothingOpen();
        }
    }
}
