package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution with the example that has everything in it and two drop-ins, two services, and real backends. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EverythingKernelTest {
    private final Path folder;
    private @Nullable Backends backends;
    private @Nullable Installation zerospan;
    private final Map<String, Everything> runs = new HashMap<>();

    EverythingKernelTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {GoBuild.NEWEST, GoBuild.OLDEST})
    private @interface EachGo {}

    private Everything run(String go) throws Exception {
        if (backends == null) {
            backends = Backends.start(folder);
            backends.zipkin().warmUp();
        }
        if (zerospan == null) {
            Installation installed = Installation.in(folder.resolve("zerospan"));
            DropIns.addProbe(installed, folder.resolve("probe"));
            DropIns.addReceiver(installed, folder.resolve("receiver"));
            zerospan = installed;
        }
        Everything run = runs.get(go);
        if (run == null) {
            run = Everything.run(go, zerospan, Files.createDirectories(folder.resolve("with" + go)), backends);
            runs.put(go, run);
        }
        return run;
    }

    @AfterAll
    void stop() throws Exception {
        if (backends != null) {
            backends.close();
        }
    }

    @EachGo
    void traces_areThoseOfTheCalls(String go) throws Exception {
        Everything run = run(go);
        assertThat(run.roots().stream().map(root -> BackendTree.of(root, run.otlp())))
                .containsExactlyElementsOf(
                        run.traced().stream().map(sent -> sent.call().tree).toList());
    }

    @EachGo
    void spans_areTheSameInEveryBackend(String go) throws Exception {
        Everything run = run(go);
        assertThat(run.otlp()).doesNotHaveDuplicates();
        assertThat(run.jaeger()).containsExactlyInAnyOrderElementsOf(run.otlp());
        assertThat(run.zipkin())
                .containsExactlyInAnyOrderElementsOf(
                        run.otlp().stream().map(BackendSpan::inLowerCase).toList());
    }

    @EachGo
    void inboundContext_isTheRealParent(String go) throws Exception {
        Everything run = run(go);
        assertThat(run.roots().stream()
                        .filter(root -> !root.parentId().isEmpty())
                        .map(root -> root.traceId() + " " + root.parentId()))
                .containsExactlyElementsOf(run.traced().stream()
                        .map(Everything.Sent::context)
                        .filter(context -> context != null)
                        .map(context -> context.wholeTraceId() + " " + context.spanId())
                        .toList());
    }

    @EachGo
    void unsampledRequests_areNowhere(String go) throws Exception {
        Everything run = run(go);
        List<String> unsampled = run.sent().stream()
                .filter(sent -> !sent.isTraced())
                .map(sent -> sent.context().wholeTraceId())
                .toList();
        assertThat(unsampled).hasSize(3);
        assertThat(Stream.of(run.otlp(), run.jaeger(), run.zipkin())
                        .flatMap(List::stream)
                        .map(BackendSpan::traceId))
                .doesNotContainAnyElementsOf(unsampled);
    }

    @EachGo
    void serviceGraph_hasEveryEdge(String go) throws Exception {
        assertThat(run(go).links())
                .containsExactly(
                        "shop -> postgresql: 8 calls, 1 failed",
                        "shop -> stock: 5 calls, 2 failed",
                        "stock -> sqlite: 5 calls, 1 failed");
    }

    @EachGo
    void zipkin_knowsTheOtherSideOfEveryCall(String go) throws Exception {
        Everything run = run(go);
        assertThat(run.calls())
                .containsExactly("shop calls " + run.stock(), "shop calls postgresql", "stock calls sqlite");
    }

    @EachGo
    void host_hasNothingToComplainAbout(String go) throws Exception {
        assertThat(run(go).log()).doesNotContain(" WARN ", " ERROR ", "_failed_", "zerospan_lost");
    }
}
