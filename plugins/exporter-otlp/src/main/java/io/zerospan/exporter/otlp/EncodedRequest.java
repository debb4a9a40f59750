package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.marshal.Serializer;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;

/** A request in the form in which the library's clients take one. */
final class EncodedRequest extends Marshaler {
    private final MessageBody body;

    EncodedRequest(MessageBody body) {
        this.body = body;
    }

    @Override
    public int getBinarySerializedSize() {
        return body.messageBytes();
    }

    @Override
    public MessageWriter toBinaryMessageWriter() {
        return new MessageWriter() {
            @Override
            public void writeMessage(OutputStream out) throws IOException {
                out.write(body.bytes().array(), 0, body.bytes().size());
            }

            @Override
            public int getContentLength() {
                return body.messageBytes();
            }
        };
    }

    @Override
    protected void writeTo(Serializer output) {
        throw new UnsupportedOperationException("an encoded request is sent as it is");
    }
}
