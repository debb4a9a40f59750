package io.zerospan.host.waterfall;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanConsumer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Prints each trace when it is complete. Whoever hands spans over never waits for the terminal. */
public final class LiveWaterfalls implements SpanConsumer, AutoCloseable {
    /** Between two looks: nobody sees the difference, and it costs nothing. */
    private static final Duration LOOK = Duration.ofMillis(20);
    /** A terminal that is stopped (Ctrl-S) takes nothing; then the last traces stay unseen. */
    private static final Duration STOP = Duration.ofSeconds(5);

    private final PrintStream out;
    private final IntSupplier width;
    private final Palette palette;
    private final Runnable unread;
    private final TraceAssembler assembler = new TraceAssembler();
    private final Thread thread = new Thread(this::run, "waterfall");
    private volatile boolean running;
    private volatile long traces;

    /**
     * @param width of the terminal, asked for each trace: windows change
     * @param unread called when nobody reads {@code out} any more
     */
    public LiveWaterfalls(PrintStream out, IntSupplier width, Palette palette, Runnable unread) {
        this.out = out;
        this.width = width;
        this.palette = palette;
        this.unread = unread;
    }

    public void start() {
        running = true;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(List<SpanData> spans) {
        assembler.add(spans, System.nanoTime());
    }

    private void run() {
        while (running) {
            show(assembler.ready(System.nanoTime()));
            LockSupport.parkNanos(this, LOOK.toNanos());
        }
        show(assembler.rest());
    }

    private void show(List<Trace> ready) {
        for (Trace trace : ready) {
            // UTF-8 whatever the locale of root may be: terminals are. And in one write, so that what the traced
            // program
            // prints does not come between.
            byte[] text = (WaterfallText.of(trace, width.getAsInt(), palette) + '\n').getBytes(StandardCharsets.UTF_8);
            out.write(text, 0, text.length);
            traces++; // this thread alone writes it
        }
        if (!ready.isEmpty() && out.checkError()) { // flushes
            unread.run();
        }
    }

    /** Prints what is left; call it when no span will come any more. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many spans came. */
    public long spans() {
        return assembler.seen();
    }

    /** How many traces were shown. */
    public long traces() {
        return traces;
    }

    /** How many spans came but found no room. */
    public long dropped() {
        return assembler.dropped();
    }
}
