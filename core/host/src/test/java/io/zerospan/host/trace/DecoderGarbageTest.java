package io.zerospan.host.trace;

import static io.zerospan.host.trace.EventBuilder.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.sdk.resources.Resource;
import io.zerospan.api.SpanShaper;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What decoding allocates is what the collector has to look at; the count is the same on every machine. */
class DecoderGarbageTest {
    /** Measured: 168, with JDK 17 and 25 and with either compiler: the span and the contexts of it and of its parent. */
    private static final long MOST_BYTES = 200;

    /** Measured: 1,480. */
    private static final long MOST_BYTES_OF_NEW = 1_600;

    private static final int SPANS = 20_000;
    private static final byte[] ADDRESS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 127, 0, 0, 1};

    private final ByteBuffer record = ByteBuffer.wrap(anEvent()
                    .parent(60, 0)
                    .text("GET")
                    .number(EventBuilder.INT, 200)
                    .address(ADDRESS, 40_000)
                    .bytes())
            .order(ByteOrder.nativeOrder());
    private final EventDecoder decoder = EventBuilder.decoder();
    private final EventSource source = EventBuilder.source(SpanShaper.AS_DECLARED);

    @Test
    void decoding_aSpanLikeOthersBefore_allocatesThatSpanAlone() throws Exception {
        decode(0); // and lets the virtual machine load and compile
        assertThat(decode(0)).isLessThan(MOST_BYTES);
    }

    @Test
    void decoding_aSpanUnlikeOthersBefore_allocatesLittle() throws Exception {
        decode(1);
        assertThat(decode(1)).isLessThan(MOST_BYTES_OF_NEW);
    }

    /** Bytes for each of many spans, whose ports grow by {@code step}. */
    private long decode(int step) throws DecodeException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int port = record.limit() - Long.BYTES;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < SPANS; i++) {
            record.putShort(port, (short) (record.getShort(port) + step));
            decoder.decode(record, 0, record.limit(), source, Resource.empty());
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / SPANS;
    }
}
