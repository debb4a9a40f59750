package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosingLinkTest {
    @Test
    void close_fromManyThreads_detachesOnce() throws Exception {
        AtomicInteger detached = new AtomicInteger();
        ClosingLink link = new ClosingLink(detached::incrementAndGet);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(link::close));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(detached).hasValue(1);
    }
}
