package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@KernelTest
class ProbeCostsKernelTest {
    private static final String PROGRAM = "serve_http_start";

    @Test
    void requests_areSeenAsHitsAndAsTime() throws Exception {
        Path executable = GoBuild.of("web").with(WebTest.NEWEST).build();
        try (GoProgram program = GoProgram.start(executable)) {
            String authority = program.await("ready").split(" ")[0];
            try (Tracing tracing = Tracing.of(new Tracing.Spans(), Tracing.pid(program))) {
                String[] labels = {"target", executable.toString(), "hook", PROGRAM};
                eventually().untilAsserted(() -> {
                    Caller.get(authority, "/hello");
                    long hits = tracing.counted("zerospan_probe_hits_total", labels);
                    assertThat(hits).isPositive();
                    assertThat(tracing.counted("zerospan_probe_cpu_nanoseconds_total", labels))
                            .isGreaterThan(hits);
                });
            }
        }
    }
}
