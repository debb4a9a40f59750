package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Processor;
import io.zerospan.api.SpanConsumer;
import io.zerospan.host.Spans;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.telemetry.ComponentMetrics;
import io.zerospan.host.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipelineThreadTest {
    private static final String REFUSED = "zerospan_pipeline_refused_spans{pipeline=traces}";

    private final Metrics metrics = new Metrics();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<SpanData> passed = new CopyOnWriteArrayList<>();

    @AfterEach
    void letGo() {
        end.countDown();
    }

    @Test
    void spansBeforeTheStart_goThroughBeforeTheEnd() {
        PipelineThread thread = thread(passed::addAll);
        thread.accept(Spans.of(3));
        thread.start();
        thread.accept(Spans.of(2));
        thread.close(Duration.ofSeconds(20));
        assertThat(passed).hasSize(5);
        assertThat(metrics.snapshot()).containsEntry(REFUSED, 0L);
    }

    @Test
    void processorThatBlocks_losesWhatHasNoRoomAndIsNamed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        PipelineThread thread = thread(spans -> {
            entered.countDown();
            block(end);
        });
        try (LogLines log = new LogLines(PipelineThread.class.getName())) {
            thread.start();
            thread.accept(Spans.of(1));
            entered.await();
            thread.accept(Spans.of(RequestQueueTest.MOST_ALIKE - 3));
            thread.accept(Spans.of(7));
            assertThat(log.lines())
                    .containsExactly(
                            "WARNING pipeline traces lost 7 spans: processor stuck of traces does not come back;"
                                    + " further failures are logged at debug level");
            thread.close(Duration.ofMillis(1));
            assertThat(log.lines().get(1))
                    .isEqualTo("WARNING pipeline traces lost 54608 waiting spans at the stop: processor stuck of traces"
                            + " does not come back");
        }
        assertThat(metrics.snapshot()).containsEntry(REFUSED, 54_615L);
    }

    @Test
    void processorThatIsDoneAfterAll_isTold() {
        CountDownLatch go = new CountDownLatch(1);
        PipelineThread thread = thread(spans -> block(go));
        try (LogLines log = new LogLines(PipelineThread.class.getName())) {
            thread.start();
            thread.accept(Spans.of(RequestQueueTest.MOST_ALIKE));
            thread.accept(Spans.of(1));
            go.countDown();
            await().until(() -> log.lines().contains("INFO pipeline traces takes spans again after 1 failure"));
        }
        thread.close(Duration.ofSeconds(20));
    }

    private PipelineThread thread(SpanConsumer work) {
        Processor processor = work::accept;
        ComponentMetrics own = new ComponentMetrics(metrics);
        ProcessorStage stage = new ProcessorStage(
                new ComponentId("stuck", ""),
                "traces",
                new ConfiguredComponents.Made(processor, Optional.empty(), own),
                spans -> {},
                metrics);
        return new PipelineThread("traces", stage, List.of(stage), metrics);
    }

    /** Like code that cares for no interrupt. */
    private static void block(CountDownLatch until) {
        while (until.getCount() > 0) {
            try {
                until.await();
            } catch (InterruptedException ignored) {
                // and waits on
            }
        }
    }
}
