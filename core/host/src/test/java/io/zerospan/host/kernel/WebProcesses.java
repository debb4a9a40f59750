package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Expected.call;
import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of the program {@code web}, of which some are traced and some are not; all spans come to one place. */
final class WebProcesses implements AutoCloseable {
    /** A process, and where it answers. */
    record One(GoProgram program, String authority, ProbedCode code) {
        void get(String path) throws Exception {
            program.say("get " + path);
            program.await("done");
        }
    }

    private final Tracing.Spans spans;
    private final List<GoProgram> programs = new ArrayList<>();

    WebProcesses(Tracing.Spans spans) {
        this.spans = spans;
    }

    One start(Path file) throws Exception {
        GoProgram program = GoProgram.start(file);
        programs.add(program);
        return new One(program, program.await("ready").split(" ")[0], ProbedCode.http(file, program.pid()));
    }

    private List<SpanData> of(One one) {
        return spans.where(Tracing.from(one.program));
    }

    /** Two calls; what came twice of the first would be here before the second. */
    void assertTracedOnce(One one) throws Exception {
        eventually().until(one.code::probed);
        one.get("/hello");
        eventually().until(() -> of(one).size() >= 2);
        one.get("/silent");
        eventually().until(() -> of(one).size() >= 4);
        assertThat(SpanTree.of(of(one)))
                .containsExactly(
                        call(one.authority, "/hello").toString(),
                        call(one.authority, "/silent").toString());
    }

    /** It has no probe in it, and so pays nothing. */
    void assertLeftAlone(One one) throws Exception {
        eventually().until(one.code::untouched);
        one.get("/hello");
        assertThat(of(one)).isEmpty();
    }

    @Override
    public void close() throws Exception {
        for (GoProgram program : programs) {
            program.close();
        }
    }
}
