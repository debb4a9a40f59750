package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zerospan.api.SpanShaper;
import io.zerospan.host.pipeline.LogLines;
import io.zerospan.testkit.FakeDraft;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FencedShaperTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final AtomicReference<Thread> waiting = new AtomicReference<>();

    @Test
    void shaperThatThrows_isNamedOnce() {
        SpanShaper fenced = new FencedShaper("till", draft -> {
            throw new IllegalStateException("bug");
        });
        try (LogLines log = new LogLines(FencedShaper.class.getName())) {
            assertThatThrownBy(() -> fenced.shape(new FakeDraft())).hasMessage("bug");
            assertThatThrownBy(() -> fenced.shape(new FakeDraft())).hasMessage("bug");
            assertThat(log.lines())
                    .startsWith("WARNING receiver till lost a span, its plugin failed: java.lang.IllegalStateException:"
                            + " bug; further failures are logged at debug level")
                    .filteredOn(line -> line.startsWith("WARNING"))
                    .hasSize(1);
        }
    }

    @Test
    void shaperThatBlocks_isInterruptedAndNotAskedAgain() throws Exception {
        FencedShaper fenced = new FencedShaper("till", draft -> {
            waiting.set(Thread.currentThread());
            entered.countDown();
            sleepForEver();
        });
        try (LogLines log = new LogLines(FencedShaper.class.getName())) {
            CompletableFuture<Boolean> ring = CompletableFuture.supplyAsync(() -> interruptedAfter(fenced));
            entered.await();
            await().until(() -> ring.isDone() || waiting.get().getState() == Thread.State.WAITING);
            fenced.look();
            assertThat(log.lines()).isEmpty();
            fenced.look();
            assertThat(ring.get(20, TimeUnit.SECONDS)).isFalse();
            assertThat(log.lines())
                    .contains("SEVERE receiver till is left out: its plugin does not come back from a span; all others"
                            + " go on when it does");
        }
        assertThatThrownBy(() -> fenced.shape(new FakeDraft())).hasMessage("receiver till is left out");
    }

    @Test
    void shaperThatIsInAnotherSpanAtEachLook_isLeftAlone() {
        FencedShaper[] self = new FencedShaper[1];
        self[0] = new FencedShaper("till", draft -> self[0].look());
        for (int span = 0; span < 5; span++) {
            self[0].shape(new FakeDraft());
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void shaperThatWorksForLong_isLeftAlone() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        FencedShaper fenced = new FencedShaper("till", draft -> {
            entered.countDown();
            while (!end.get()) {
                Thread.onSpinWait();
            }
        });
        CompletableFuture<Void> ring = CompletableFuture.runAsync(() -> fenced.shape(new FakeDraft()));
        entered.await();
        fenced.look();
        fenced.look();
        end.set(true);
        ring.get(20, TimeUnit.SECONDS);
        fenced.shape(new FakeDraft());
    }

    private static boolean interruptedAfter(SpanShaper fenced) {
        try {
            fenced.shape(new FakeDraft());
        } catch (IllegalStateException interrupted) {
            return Thread.currentThread().isInterrupted();
        }
        throw new AssertionError("it came back");
    }

    private static void sleepForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
