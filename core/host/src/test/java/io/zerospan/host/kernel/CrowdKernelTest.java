package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.trace.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests in flight at once, each made by a call that is traced too. */
@KernelTest
class CrowdKernelTest {
    private static final int REQUESTS = Integer.getInteger("zerospan.crowd.requests", Limits.DEFAULT_OPEN_REQUESTS);

    /** {@code script/volume} makes it 100,000, for which there are no files here: 2 GiB of the program's own memory. */
    private static final int IN_MEMORY = Integer.getInteger("zerospan.crowd.memory", 30_000);

    private static final int TOO_MANY = 2_000;

    @Test
    void requests_asManyAsTheLimit_haveTheirSpansAndParents() throws Exception {
        Forest forest = new Forest();
        try (GoProgram server = serve(REQUESTS);
                GoProgram caller = call(REQUESTS, server);
                Tracing tracing = Tracing.of(forest, new Limits(REQUESTS), Tracing.pid(server), Tracing.pid(caller))) {
            let(caller, server);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                expected.add("client" + i + " -");
                expected.add("server" + i + " client" + i);
            }
            eventually().until(() -> forest.size() >= expected.size());
            assertThat(forest.differences(expected)).isEmpty();
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {WebTest.OLDEST_STRIPPED, WebTest.NEWEST})
    void requests_asManyAsConfigured_areOneSpanEach(String go) throws Exception {
        Forest forest = new Forest();
        Limits limits = new Limits(IN_MEMORY);
        try (GoProgram program =
                        GoProgram.start(GoBuild.of("crowd").with(go).build(), "-requests=" + IN_MEMORY, "memory");
                Tracing tracing = Tracing.of(forest, limits, Tracing.pid(program))) {
            program.await("ready");
            program.say("come");
            program.await("here");
            int entries = tracing.entries(program.pid()).size();
            program.say("go");
            program.await("gone");
            eventually().until(() -> forest.size() >= IN_MEMORY);
            eventually().until(() -> tracing.entries(program.pid()), List.of("kind 4 id 0")::equals);
            List<String> expected = IntStream.range(0, IN_MEMORY)
                    .mapToObj(i -> "server" + i + " -")
                    .toList();
            assertThat(forest.differences(expected)).isEmpty();
            assertThat(tracing.lost()).isEqualTo(Map.of("connection_unknown", (long) IN_MEMORY));
            System.out.printf(
                    "crowd: | %s | %,d | %,d | %,d | %,d |%n",
                    go.split(" ")[0], IN_MEMORY, entries, forest.size(), tracing.lostSpans());
        }
    }

    @Test
    void requests_moreThanTheLimit_areSpansOrCounted_andHaveNoWrongParent() throws Exception {
        Forest forest = new Forest();
        try (GoProgram server = serve(TOO_MANY);
                GoProgram caller = call(TOO_MANY, server);
                Tracing tracing =
                        Tracing.of(forest, new Limits(TOO_MANY / 10), Tracing.pid(server), Tracing.pid(caller))) {
            let(caller, server);
            long lost = tracing.lost().getOrDefault("span_map_full", 0L);
            assertThat(lost).isPositive();
            eventually().until(() -> forest.size() >= 2 * TOO_MANY - lost);
            assertThat(forest.lines())
                    .hasSize((int) (2 * TOO_MANY - lost))
                    .allMatch(line -> line.endsWith(" -") || line.matches("server(\\d+) client\\1"));
        }
    }

    private static GoProgram serve(int requests) throws Exception {
        return GoProgram.start(GoBuild.of("crowd").build(), "-requests=" + requests, "serve");
    }

    /** A process of its own: one may have fewer open files than both ends need. */
    private static GoProgram call(int requests, GoProgram server) throws Exception {
        GoProgram caller =
                GoProgram.start(GoBuild.of("crowd").build(), "-requests=" + requests, "call", server.await("ready"));
        caller.await("ready");
        return caller;
    }

    /** All come, and when all are there all go. */
    private static void let(GoProgram caller, GoProgram server) throws Exception {
        caller.say("come");
        server.await("here");
        server.say("go");
        caller.await("gone");
    }
}
