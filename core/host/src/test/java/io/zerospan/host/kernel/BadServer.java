package io.zerospan.host.kernel;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A backend that is no good.
 *
 * @param port where it is, or where nobody is
 */
record BadServer(int port, AutoCloseable server) implements AutoCloseable {

    /** Nobody listens there. */
    static BadServer absent() throws IOException {
        return new BadServer(FreePorts.inARow(1), () -> {});
    }

    /** Answers every request with this status. */
    static BadServer refusing(int status) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        http.start();
        return new BadServer(http.getAddress().getPort(), () -> http.stop(0));
    }

    /** Its kernel accepts connections and takes what is sent; nobody reads or answers. */
    static BadServer hanging() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new BadServer(socket.getLocalPort(), socket);
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
