package io.zerospan.exporter.jaeger;

import io.jaegertracing.agent.thrift.Agent;
import io.jaegertracing.thriftjava.Batch;
import io.zerospan.api.ExportException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.transport.TMemoryBuffer;
import org.jspecify.annotations.Nullable;

/** Packets to Jaeger's agent. Nothing is confirmed: what does not arrive is lost, and nobody knows. */
final class UdpWire implements Wire {
    /** What Jaeger's agent reads of a packet at most ({@code max_packet_size}); UDP itself ends at 65,507. */
    static final int MAX_PACKET_BYTES = 65_000;

    static final MessageCutter CUTTER =
            new MessageCutter(MAX_PACKET_BYTES, new TCompactProtocol.Factory(), UdpWire::call);

    private static final int USUAL_SPAN_BYTES = 1024;

    private final String host;
    private final int port;
    private @Nullable DatagramSocket socket;

    UdpWire(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public Messages encode(Batch batch) {
        return CUTTER.cut(batch);
    }

    /** A connected socket hears that nobody listens (on the packet after); then the name is looked up anew. */
    @Override
    public synchronized void send(byte[] message) throws ExportException {
        try {
            DatagramSocket connected = socket;
            if (connected == null) {
                connected = connect();
                socket = connected;
            }
            connected.send(new DatagramPacket(message, message.length));
        } catch (IOException e) {
            close();
            throw new ExportException("send to udp://" + host + ":" + port + ": " + e.getMessage(), e, true);
        }
    }

    private DatagramSocket connect() throws IOException {
        InetSocketAddress agent = new InetSocketAddress(host, port);
        if (agent.isUnresolved()) {
            throw new IOException("unknown host");
        }
        DatagramSocket fresh = new DatagramSocket();
        try {
            fresh.connect(agent);
            return fresh;
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** A call of {@code Agent.emitBatch}, which wants no answer. */
    private static byte[] call(Batch batch) throws TException {
        TMemoryBuffer buffer = new TMemoryBuffer(USUAL_SPAN_BYTES * (batch.getSpansSize() + 1));
        new Agent.Client(new TCompactProtocol(buffer)).emitBatch(batch);
        return Arrays.copyOf(buffer.getArray(), buffer.length());
    }
}
