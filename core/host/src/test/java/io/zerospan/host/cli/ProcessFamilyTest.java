package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.testkit.SpanSink;
import io.zerospan.testkit.TestSpanBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProcessFamilyTest {
    private final Map<Long, Long> parents = new HashMap<>(Map.of(10L, 1L, 11L, 10L, 12L, 11L, 20L, 1L, 30L, 30L));
    private final SpanSink sink = new SpanSink();
    private final ProcessFamily family = new ProcessFamily(
            sink, pid -> parents.containsKey(pid) ? OptionalLong.of(parents.get(pid)) : OptionalLong.empty());

    private static SpanData from(long pid) {
        return TestSpanBuilder.aSpan()
                .name("pid " + pid)
                .resource(Resource.create(Attributes.of(AttributeKey.longKey("process.pid"), pid)))
                .build();
    }

    private List<String> passed() {
        return sink.spans().stream().map(SpanData::getName).toList();
    }

    @Test
    void spans_ofTheProcessAndItsDescendants_pass() {
        family.found(() -> 10);
        family.accept(List.of(from(10), from(20), from(12), from(1), from(99)));
        assertThat(passed()).containsExactly("pid 10", "pid 12");
    }

    @Test
    void descendant_staysOneWhenItsParentIsGone() {
        family.found(() -> 10);
        family.accept(List.of(from(12)));
        parents.clear();
        family.accept(List.of(from(12), from(11)));
        assertThat(passed()).containsExactly("pid 12", "pid 12");
    }

    @Test
    void processThatIsItsOwnParent_endsTheSearch() {
        family.found(() -> 10);
        family.accept(List.of(from(30)));
        assertThat(passed()).isEmpty();
    }

    @Test
    void spanWithoutProcess_doesNotPass() {
        family.found(() -> 10);
        family.accept(List.of(TestSpanBuilder.aSpan().build()));
        assertThat(passed()).isEmpty();
    }

    @Test
    void firstSpan_waitsForTheProcessId() throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        Thread ring = new Thread(() -> {
            try {
                starting.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            family.accept(List.of(from(10)));
        });
        ring.start();
        family.found(() -> {
            starting.countDown();
            while (ring.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            return 10;
        });
        ring.join();
        assertThat(passed()).containsExactly("pid 10");
    }

    @Test
    void realProcesses_areAskedForTheirParents() {
        ProcessFamily real = new ProcessFamily(sink);
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        real.found(() -> parent);
        real.accept(List.of(from(ProcessHandle.current().pid())));
        assertThat(passed()).hasSize(1);
    }
}
