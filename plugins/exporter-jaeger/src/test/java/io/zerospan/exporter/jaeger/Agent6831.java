package io.zerospan.exporter.jaeger;

import io.jaegertracing.agent.thrift.Agent;
import io.jaegertracing.thriftjava.Batch;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.transport.TMemoryInputTransport;

/** Takes what Jaeger's agent takes by UDP and decodes it with Thrift's own server side. */
final class Agent6831 implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final DatagramSocket socket;

    Agent6831() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(1 << 22);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** The next packet's batch; fails when none comes. */
    Batch receive() throws IOException, TException {
        return decode(receivePacket());
    }

    byte[] receivePacket() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    static Batch decode(byte[] packet) throws TException {
        List<Batch> batches = new ArrayList<>();
        TCompactProtocol in = new TCompactProtocol(new TMemoryInputTransport(packet));
        new Agent.Processor<>(new Agent.Iface() {
                    @Override
                    public void emitBatch(Batch batch) {
                        batches.add(batch);
                    }

                    @Override
                    public void emitZipkinBatch(List<com.twitter.zipkin.thriftjava.Span> spans) {
                        throw new AssertionError("Zipkin's spans");
                    }
                })
                .process(in, in);
        return batches.get(0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
