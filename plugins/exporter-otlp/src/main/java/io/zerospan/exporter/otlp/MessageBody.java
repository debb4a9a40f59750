package io.zerospan.exporter.otlp;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Where an encoded request goes, plain or compressed. */
interface MessageBody extends AutoCloseable {
    /** Begins anew. */
    void begin();

    /** Anything between spans. */
    void literal(byte[] from, int count);

    /** All spans of a shape. */
    void spans(SpanShape shape);

    /** The last part: what {@code writer} writes stands at the message's end. */
    void end(Writer writer) throws IOException;

    /** The bytes to send. */
    Bytes bytes();

    /** Length of the message before it was compressed. */
    int messageBytes();

    /** Gives memory back that no collector sees. */
    @Override
    default void close() {}

    /** Writes something. */
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Not compressed. */
    final class Plain implements MessageBody {
        private final Bytes bytes = new Bytes();

        @Override
        public void begin() {
            bytes.clear();
        }

        @Override
        public void literal(byte[] from, int count) {
            bytes.write(from, 0, count);
        }

        @Override
        public void spans(SpanShape shape) {
            int at = bytes.reserve(shape.spans().size() * shape.bytes());
            ByteBuffer buffer = ByteBuffer.wrap(bytes.array());
            for (SpanData span : shape.spans()) {
                shape.write(span, buffer, at);
                at += shape.bytes();
            }
        }

        @Override
        public void end(Writer writer) throws IOException {
            writer.writeTo(bytes);
        }

        @Override
        public Bytes bytes() {
            return bytes;
        }

        @Override
        public int messageBytes() {
            return bytes.size();
        }
    }
}
