package io.zerospan.host.trace;

import io.zerospan.api.Telemetry;
import io.zerospan.libbpf.RingReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread named "ring": reads records, makes spans of them, hands them on. It waits for nobody. */
final class RingThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RingThread.class);

    /** Between two looks. The probes never wake us, that would cost the traced program more than the probe itself. */
    private static final long INTERVAL_NANOS = 10_000_000;
    /** Spans handed on at once; keeps the memory between ring and queue small. */
    private static final int BATCH = 512;

    private static final long STOP_MILLIS = 2_000;

    private final RingReader ring;
    private final EventSources sources;
    private final ProcessTable processes;
    private final KernelClock clock = new KernelClock(System.nanoTime(), wallNanos());
    private final EventDecoder decoder = new EventDecoder(clock);
    /** Those in which spans may wait. */
    private final Set<Outlet> outlets = new LinkedHashSet<>();

    private final Telemetry.Counter malformed;
    private final Telemetry.Counter refused;
    private final Telemetry.Counter skipped;
    private final Telemetry.Counter abandoned;
    private final OwnSpans ownSpans;
    private final ProcessNews news;
    private final Thread thread = new Thread(this::run, "ring");
    private volatile boolean running;

    RingThread(
            RingReader ring,
            EventSources sources,
            ProcessTable processes,
            Telemetry telemetry,
            OwnSpans ownSpans,
            ProcessNews news) {
        this.ring = ring;
        this.sources = sources;
        this.processes = processes;
        this.ownSpans = ownSpans;
        this.news = news;
        this.skipped = telemetry.counter("zerospan_spans_skipped");
        this.abandoned = telemetry.counter("zerospan_spans_abandoned");
        this.malformed = telemetry.counter("zerospan_records_malformed");
        this.refused = telemetry.counter("otelcol_receiver_refused_spans");
    }

    void start() {
        running = true;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (running) {
            if (survive() == 0) {
                LockSupport.parkNanos(this, INTERVAL_NANOS);
            }
        }
        survive();
    }

    /** Somebody else may have eaten the memory up: the next look may find some again. */
    private int survive() {
        try {
            return look();
        } catch (OutOfMemoryError e) {
            malformed.add(1);
            return 0;
        }
    }

    /** Reads all that the probes have written up to now; from any thread. */
    synchronized int look() {
        clock.adjust(System.nanoTime(), wallNanos());
        int records = ring.drain(this::record);
        outlets.forEach(this::handOn);
        outlets.clear();
        return records;
    }

    /** Lets go of probes that were taken out; from any thread. */
    synchronized void forgetRecords() {
        decoder.forget();
    }

    /** Takes spans that the kernel's programs can't end any more; from any thread. */
    synchronized void endAbandoned(List<byte[]> records) {
        for (byte[] record : records) {
            record(ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()), 0, record.length);
        }
    }

    private void record(ByteBuffer record, int at, int length) {
        try {
            EventDecoder.checkHeader(record, at, length);
            int type = EventDecoder.type(record, at);
            int pid = EventDecoder.tgid(record, at);
            if (type == Wire.TYPE_EXEC) {
                ownSpans.forget(pid);
                news.started(pid, EventDecoder.newsStart(record, at));
            } else if (type == Wire.TYPE_EXIT) {
                ownSpans.forget(pid);
                news.ended(pid, EventDecoder.newsStart(record, at));
            } else if (type == Wire.TYPE_OWN_SPANS) {
                ownSpans.found(pid);
                news.ownSpans(pid);
            } else if (ownSpans.skipped(pid)) {
                skipped.add(1); // the probes are about to leave it
            } else {
                span(record, at, length, type, pid);
            }
        } catch (DecodeException | RuntimeException | Error e) { // a shaper is a plugin's
            malformed.add(1);
            LOG.debug("record dropped: {}", e.toString());
        }
    }

    private void span(ByteBuffer record, int at, int length, int type, int pid) throws DecodeException {
        EventSource source = sources.get(type);
        if (source == null && sources.wasRemoved(type)) {
            skipped.add(1); // a span that was open when its probe was taken out
            return;
        }
        if (source == null) {
            throw new DecodeException("type " + type + " belongs to no probe");
        }
        var resource = processes.resource(pid, EventDecoder.processStart(record, at), source.executable());
        int waiting = source.outlet().add(decoder.decode(record, at, length, source, resource));
        if ((record.get(at + Wire.AT_FLAGS) & Wire.FLAG_ABANDONED) != 0) {
            abandoned.add(1);
        }
        outlets.add(source.outlet());
        if (waiting >= BATCH) {
            handOn(source.outlet());
        }
    }

    private void handOn(Outlet outlet) {
        int count = outlet.waiting();
        if (count == 0) {
            return;
        }
        try {
            outlet.handOn();
        } catch (RuntimeException | Error e) {
            refused.add(count);
            LOG.debug("pipeline of {} refused {} spans: {}", outlet.receiver(), count, e.toString());
        }
    }

    private static long wallNanos() {
        var now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** Reads what the probes left, then stops. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
