package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.ComponentException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SideBySideTest {
    private final SideBySide loads = new SideBySide();

    @Test
    void objects_areLoadedAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        for (String object : new String[] {"a", "b"}) {
            loads.begin(object, () -> {
                both.await();
                return Optional.empty();
            });
        }
        assertThat(loads.await()).isEmpty();
    }

    @Test
    void objectsBeyondTheLimit_waitForTheirTurn() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 40; i++) {
            loads.begin("object " + i, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                now.decrementAndGet();
                return Optional.empty();
            });
        }
        loads.await();
        assertThat(most).hasValueBetween(1, 4);
    }

    @Test
    void failureOfOne_isThrownWhenAllHaveEnded() {
        CountDownLatch ended = new CountDownLatch(1);
        loads.begin("bad", () -> {
            throw new ComponentException("too many");
        });
        loads.begin("slow", () -> {
            ended.countDown();
            return Optional.empty();
        });
        assertThatThrownBy(loads::await).hasMessage("too many");
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void objectThatWasRefused_isNotLoaded() {
        loads.begin("refused", Optional::empty);
        assertThat(loads.isLoaded("refused")).isFalse();
        assertThat(loads.isLoaded("never begun")).isFalse();
    }

    @Test
    void interrupt_endsThoseThatAreAtItAndThoseThatWait() throws Exception {
        for (int i = 0; i < 8; i++) {
            loads.begin("endless", () -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // as the verifier is left behind
                }
                return Optional.empty();
            });
        }
        Thread.currentThread().interrupt();
        assertThat(loads.await()).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }
}
