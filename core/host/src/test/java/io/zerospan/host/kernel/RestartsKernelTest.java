package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that begin again and again, and from a new file. */
@KernelTest
class RestartsKernelTest {
    private static final AttributeKey<Long> PID = AttributeKey.longKey("process.pid");
    private static final int PROCESSES = 100;

    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();

    /** Each lives for one call, which it makes in its first moment. */
    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void hundredProcesses_ofOneParent_areTracedFromTheirFirstRequest(String go) throws Exception {
        Path hasty = GoBuild.of("hasty").with(go).buildAs(folder.resolve("hasty"));
        String loop = "for i in $(seq " + PROCESSES + "); do " + hasty + " once; done; echo all";
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(hasty));
                GoProgram shell = GoProgram.start(List.of("sh", "-c", loop))) {
            shell.await("all");
            eventually().until(() -> spans.all().size() >= 2 * PROCESSES);
            Map<Long, List<SpanData>> byProcess = spans.all().stream()
                    .collect(Collectors.groupingBy(span -> span.getResource().getAttribute(PID)));
            assertThat(byProcess)
                    .hasSize(PROCESSES)
                    .allSatisfy((pid, its) -> assertThat(SpanTree.of(its)).hasSize(1));
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    /** They end sooner than the host learns of them: nobody has asked the kernel to tell of their ends. */
    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void hundredServers_thatEndWithinTheirFirstRequest_loseNoSpanAndLeaveNothing(String go) throws Exception {
        Path hasty = GoBuild.of("hasty").with(go).buildAs(folder.resolve("hasty"));
        String loop = "for i in $(seq " + PROCESSES + "); do " + hasty + " amid; done; echo all";
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(hasty));
                GoProgram shell = GoProgram.start(List.of("sh", "-c", loop))) {
            shell.await("all");
            eventually().until(() -> spans.all().size() >= PROCESSES);
            assertThat(SpanTree.of(spans.all()))
                    .hasSize(PROCESSES)
                    .containsOnly(Expected.abandoned("SERVER", "process_exit").toString());
            for (SpanData span : spans.all()) {
                tracing.awaitForgotten(Objects.requireNonNull(span.getResource().getAttribute(PID))
                        .intValue());
            }
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    /** As package managers do: a new file takes the name, and the old process goes on with the old one. */
    @ParameterizedTest
    @ValueSource(strings = {GoBuild.OLDEST, GoBuild.NEWEST})
    void executable_replacedWhileItRuns_isTracedInBothVersions(String go) throws Exception {
        Path deployed = GoBuild.of("web").with(go).buildAs(folder.resolve("web"));
        Path next = GoBuild.of("web").with(go, "-ldflags=-s -w").buildAs(folder.resolve("next"));
        try (WebProcesses web = new WebProcesses(spans)) {
            WebProcesses.One old = web.start(deployed);
            try (Tracing tracing = Tracing.of(spans, Tracing.exe(deployed))) {
                Files.move(next, deployed, StandardCopyOption.ATOMIC_MOVE);
                WebProcesses.One fresh = web.start(deployed);
                web.assertTracedOnce(old);
                web.assertTracedOnce(fresh);
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        }
    }
}
