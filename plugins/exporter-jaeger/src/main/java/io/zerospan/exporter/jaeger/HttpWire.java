package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Batch;
import io.zerospan.api.ExportException;
import io.zerospan.export.HttpPost;
import java.util.Map;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TProtocolFactory;

/** Batches in Thrift's binary protocol, one per POST, as Jaeger's collector takes them at {@code :14268/api/traces}. */
final class HttpWire implements Wire {
    private static final TProtocolFactory BINARY = new TBinaryProtocol.Factory();
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/vnd.apache.thrift.binary");

    private final HttpPost post;
    private final MessageCutter cutter = new MessageCutter(HttpPost.MAX_BODY_BYTES, BINARY, HttpWire::body);

    HttpWire(HttpPost post) {
        this.post = post;
    }

    @Override
    public Messages encode(Batch batch) {
        return cutter.cut(batch);
    }

    @Override
    public void send(byte[] message) throws ExportException {
        post.send(message, HEADERS);
    }

    @Override
    public void close() {}

    private static byte[] body(Batch batch) throws TException {
        return new TSerializer(BINARY).serialize(batch);
    }
}
