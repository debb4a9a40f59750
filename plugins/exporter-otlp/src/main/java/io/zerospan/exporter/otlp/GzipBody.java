package io.zerospan.exporter.otlp;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Gzip (RFC 1952) that knows what is repeated. Spans of one shape stand one behind the other: of each but the first, what
 * is its own is stored as it is, ids are random anyway, and the rest is a {@link Repetition}. The library's part at the
 * end goes through zlib.
 */
final class GzipBody implements MessageBody {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    /** Begins a stored block, not the last; the other bits fill the byte. A length follows. */
    private static final byte[] STORED = {0};

    private static final int LONGEST_STORED = 65_535;
    /** Plain spans whose checksum is taken at once. */
    private static final int CHUNK = 32 * 1024;

    private final Bytes bytes = new Bytes();
    private final CRC32 sum = new CRC32();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    /** Spans that are alike came here before: what is left does not pay for a longer search. */
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

    private int plain;

    @Override
    public void begin() {
        bytes.clear();
        sum.reset();
        plain = 0;
        bytes.write(HEADER);
    }

    @Override
    public void literal(byte[] from, int count) {
        summed(from, count);
        for (int at = 0; at < count; at += LONGEST_STORED) {
            int part = Math.min(LONGEST_STORED, count - at);
            bytes.write(STORED);
            length(part);
            bytes.write(from, at, part);
        }
    }

    @Override
    public void spans(SpanShape shape) {
        int size = shape.bytes();
        int own = shape.ownBytes();
        byte[] plainSpans = chunk.array();
        int at = 0;
        boolean first = true;
        bytes.write(STORED);
        for (SpanData span : shape.spans()) {
            if (at + size > CHUNK) {
                summed(plainSpans, at);
                at = 0;
            }
            shape.write(span, chunk, at);
            int stored = first ? size : own;
            length(stored);
            bytes.write(plainSpans, at, stored);
            bytes.write(first ? STORED : shape.repeated());
            first = false;
            at += size;
        }
        summed(plainSpans, at);
        length(0); // the stored block that the last span has begun
    }

    private void length(int stored) {
        bytes.littleEndian(stored, 2);
        bytes.littleEndian(~stored, 2);
    }

    private void summed(byte[] from, int count) {
        sum.update(from, 0, count);
        plain += count;
    }

    @Override
    public void end(Writer writer) throws IOException {
        deflater.reset();
        var compressed = new DeflaterOutputStream(bytes, deflater, CHUNK);
        writer.writeTo(new CheckedOutputStream(compressed, sum));
        compressed.finish();
        plain += (int) deflater.getBytesRead();
        bytes.littleEndian((int) sum.getValue(), 4);
        bytes.littleEndian(plain, 4);
    }

    @Override
    public Bytes bytes() {
        return bytes;
    }

    @Override
    public int messageBytes() {
        return plain;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
