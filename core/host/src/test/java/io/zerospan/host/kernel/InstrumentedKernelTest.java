package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanId;
import io.zerospan.host.pipeline.LogLines;
import io.zerospan.host.trace.Instrumented;
import io.zerospan.host.trace.TargetRule;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs with an OpenTelemetry SDK: whether they use it, and what becomes of those that do. */
@KernelTest
class InstrumentedKernelTest {
    /** The oldest Go that is traced with an SDK of its time, and the newest of both. */
    private static final String OLDEST = GoBuild.OLDEST;

    private static final String NEWEST = GoBuild.NEWEST + " -modfile=newest.mod";

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {OLDEST, NEWEST})
    @interface EachSdk {}

    @TempDir
    Path folder;

    private final Tracing.Spans spans = new Tracing.Spans();
    private final LogLines log = new LogLines("io.zerospan.host.trace.SdkNotice");

    @AfterEach
    void close() {
        log.close();
    }

    private Path build(String go) throws Exception {
        return GoBuild.of("instrumented").with(go).buildAs(folder.resolve("instrumented"));
    }

    private static GoProgram start(Path binary, String sdk) throws Exception {
        GoProgram program = GoProgram.start(binary, sdk);
        program.await("ready");
        return program;
    }

    /** {@code what} is a path of its own or a whole URL. */
    private static void call(GoProgram program, String what) throws Exception {
        program.say(what);
        program.await("done");
    }

    /** Client and server span of each call of a process that is traced. */
    private void awaitCalls(GoProgram program, int calls) {
        eventually().until(() -> spans.where(Tracing.from(program)).size() >= 2 * calls);
        assertThat(SpanTree.of(spans.where(Tracing.from(program)))).hasSize(calls);
        assertThat(spans.where(Tracing.from(program))).hasSize(2 * calls);
    }

    private void awaitNotice(GoProgram program, String treatment) {
        eventually().until(() -> !log.lines().isEmpty());
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("pid " + program.pid(), folder.toString(), "OpenTelemetry SDK", treatment);
    }

    @EachSdk
    void skip_takesOurProbesOutOfTheProcess_andOfNoOther(String go) throws Exception {
        Path binary = build(go);
        try (GoProgram using = start(binary, "used");
                GoProgram other = start(binary, "linked");
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            ProbedCode code = ProbedCode.http(binary, using.pid());
            ProbedCode sdk = ProbedCode.sdk(binary, using.pid());
            assertThat(code.probed() && sdk.probed()).isTrue();
            call(using, "/first");
            awaitNotice(using, "'instrumented: trace'");
            assertThat(code.untouched() && sdk.untouched()).isTrue();
            call(using, "/second");
            call(other, "/third");
            awaitCalls(other, 1);
            assertThat(spans.where(Tracing.from(using))).isEmpty();
            assertThat(ProbedCode.http(binary, other.pid()).probed()).isTrue();
            assertThat(ProbedCode.sdk(binary, other.pid()).probed()).isTrue();
            assertThat(tracing.entries(using.pid())).containsExactlyInAnyOrder("kind 4 id 0", "kind 5 id 0");
            assertThat(tracing.instrumented("skip")).isEqualTo(1);
            assertThat(tracing.lost()).isEqualTo(Map.of());
            using.close();
            eventually().until(() -> tracing.instrumented("skip") == 0);
        }
    }

    @EachSdk
    void trace_tellsAndGoesOn(String go) throws Exception {
        Path binary = build(go);
        TargetRule rule = Tracing.exe(binary).instrumented(Instrumented.TRACE);
        try (GoProgram using = start(binary, "used");
                Tracing tracing = Tracing.of(spans, rule)) {
            call(using, "/first");
            awaitNotice(using, "'instrumented: skip'");
            call(using, "/second");
            awaitCalls(using, 2);
            assertThat(ProbedCode.http(binary, using.pid()).probed()).isTrue();
            assertThat(ProbedCode.sdk(binary, using.pid()).untouched()).isTrue();
            assertThat(tracing.instrumented("trace")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linked", "noop"})
    void sdk_thatIsLinkedAndNotUsed_changesNothing(String provider) throws Exception {
        Path binary = build(NEWEST);
        try (GoProgram program = start(binary, provider);
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            call(program, "/first");
            call(program, "/second");
            awaitCalls(program, 2);
            assertThat(log.lines()).isEmpty();
            assertThat(tracing.instrumented("skip") + tracing.instrumented("trace"))
                    .isZero();
        }
    }

    @Test
    void sdk_thatSamplesNothing_isUsedAllTheSame() throws Exception {
        Path binary = build(NEWEST);
        try (GoProgram program = start(binary, "sampling");
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            call(program, "/first");
            awaitNotice(program, "'instrumented: trace'");
            assertThat(tracing.instrumented("skip")).isEqualTo(1);
            assertThat(spans.all()).isEmpty();
        }
    }

    @Test
    void sdk_thatIsUsedLater_isFoundThen() throws Exception {
        Path binary = build(NEWEST);
        try (GoProgram program = start(binary, "linked");
                Tracing tracing = Tracing.of(spans, Tracing.pid(program))) {
            call(program, "/first");
            awaitCalls(program, 1);
            program.say("use");
            program.await("done");
            call(program, "/second");
            awaitNotice(program, "'instrumented: trace'");
            assertThat(ProbedCode.http(binary, program.pid()).untouched()).isTrue();
            awaitCalls(program, 1);
            assertThat(tracing.instrumented("skip")).isEqualTo(1);
        }
    }

    @Test
    void skipped_startedAnewWithoutUse_isTraced() throws Exception {
        Path binary = build(NEWEST);
        try (Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            try (GoProgram using = start(binary, "used")) {
                call(using, "/first");
                awaitNotice(using, "'instrumented: trace'");
            }
            try (GoProgram again = start(binary, "linked")) {
                ProbedCode code = ProbedCode.http(binary, again.pid());
                eventually().until(code::probed);
                call(again, "/first");
                awaitCalls(again, 1);
                assertThat(tracing.lost()).isEqualTo(Map.of());
            }
        }
    }

    /** Its client's spans are offered to nobody, and its server adopts none. */
    @Test
    void skipped_takesNoPartInTheHandOver() throws Exception {
        Path binary = build(NEWEST);
        try (GoProgram using = GoProgram.start(binary, "used");
                GoProgram other = GoProgram.start(binary, "linked");
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary))) {
            String usingUrl = "http://" + using.await("ready");
            String otherUrl = "http://" + other.await("ready");
            call(using, "/first");
            awaitNotice(using, "'instrumented: trace'");
            call(using, otherUrl + "/called");
            call(other, usingUrl + "/calling");
            eventually().until(() -> spans.all().size() >= 2);
            assertThat(spans.all()).hasSize(2).allMatch(span -> !SpanId.isValid(span.getParentSpanId()));
            assertThat(spans.all()).extracting(Calls::path).containsExactly("/called", "/calling");
            assertThat(tracing.lost()).isEqualTo(Map.of());
        }
    }

    /** Not chosen: neither our probes nor the watch over the SDK is in it. */
    @Test
    void processThatIsNoTarget_isNotWatched() throws Exception {
        Path binary = build(NEWEST);
        Path link = Files.createLink(folder.resolve("link"), binary);
        try (GoProgram chosen = start(binary, "linked");
                Tracing tracing = Tracing.of(spans, Tracing.exe(binary));
                GoProgram other = start(link, "used")) {
            eventually().until(ProbedCode.sdk(binary, other.pid())::untouched);
            eventually().until(ProbedCode.http(binary, other.pid())::untouched);
            assertThat(ProbedCode.sdk(binary, chosen.pid()).probed()).isTrue();
            assertThat(tracing.entries(other.pid())).isEmpty();
        }
    }
}
