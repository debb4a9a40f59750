package io.zerospan.host.waterfall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveWaterfallsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicInteger width = new AtomicInteger(80);

    private LiveWaterfalls live(OutputStream out, Runnable unread) {
        // a locale that knows no line to draw trees with
        PrintStream stream = new PrintStream(out, false, StandardCharsets.US_ASCII);
        return new LiveWaterfalls(stream, width::get, Palette.PLAIN, unread);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void trace_isPrintedWhileTheProgramRuns() {
        try (LiveWaterfalls live = live(bytes, () -> {})) {
            live.start();
            live.accept(Spans.calls());
            await().until(() -> text().endsWith("\n\n"));
            assertThat(text()).startsWith("trace ").contains("└─ GET /hello");
            width.set(200);
            live.accept(Spans.calls());
            await().until(() -> text().lines().anyMatch(line -> line.length() > 180));
        }
    }

    @Test
    void close_printsWhatIsLeft() {
        LiveWaterfalls live = live(bytes, () -> {});
        live.start();
        live.accept(Spans.calls().subList(0, 2));
        live.close();
        assertThat(text()).contains("2 spans").contains("incomplete");
        assertThat(live.spans()).isEqualTo(2);
        assertThat(live.traces()).isEqualTo(1);
        assertThat(live.dropped()).isZero();
    }

    @Test
    void outputThatNobodyReads_isTold() throws InterruptedException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        CountDownLatch told = new CountDownLatch(1);
        try (LiveWaterfalls live = live(closed, told::countDown)) {
            live.start();
            live.accept(Spans.calls());
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
