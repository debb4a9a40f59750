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
    /** Measured: 1,480, with JDK 17 and 25 and with either compiler. */
    private static final long MOST_BYTES = 1_600;

    private static final int SPANS = 20_000;
    private static final byte[] ADDRESS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 127, 0, 0, 1};

    @Test
    void decoding_aSpanLikeOthersBefore_allocatesLittle() throws Exception {
        byte[] record = anEvent()
                .parent(60, 0)
                .text("GET")
                .number(EventBuilder.INT, 200)
                .address(ADDRESS, 40_000)
                .bytes();
        ByteBuffer ring = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
        EventDecoder decoder = EventBuilder.decoder();
        EventSource source = EventBuilder.source(SpanShaper.AS_DECLARED);
        decode(decoder, ring, source); // and lets the virtual machine load and compile
        assertThat(decode(decoder, ring, source)).isLessThan(MOST_BYTES);
    }

    /** Bytes for each of many spans. */
    private static long decode(EventDecoder decoder, ByteBuffer record, EventSource source) throws DecodeException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < SPANS; i++) {
            decoder.decode(record, 0, record.limit(), source, Resource.empty());
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / SPANS;
    }
}
