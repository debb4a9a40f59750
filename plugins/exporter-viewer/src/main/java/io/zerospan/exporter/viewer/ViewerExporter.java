package io.zerospan.exporter.viewer;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the spans in memory, the port and its threads. */
final class ViewerExporter implements Exporter {
    private static final Logger log = LoggerFactory.getLogger(ViewerExporter.class);

    /** A browser asks for six things at once at most; more are several people. */
    private static final int THREADS = 4;

    /** Requests that wait for a thread; beyond them the accepting thread serves itself, which slows the askers down. */
    private static final int WAITING_REQUESTS = 64;

    private static final int IDLE_SECONDS = 10;

    private final String id;
    private final ListenAddress address;
    private final HeldSpans held;
    private @Nullable HttpServer server;
    private @Nullable ThreadPoolExecutor threads;

    ViewerExporter(String id, ListenAddress address, int maxSpans) {
        this.id = id;
        this.address = address;
        this.held = HeldSpans.atMost(maxSpans);
    }

    @Override
    public synchronized void start() throws ComponentException {
        if (server != null) {
            return;
        }
        InetSocketAddress socket;
        try {
            socket = address.socket();
            server = HttpServer.create(socket, 0);
        } catch (IOException e) {
            String why = e instanceof UnknownHostException ? "Unknown host" : e.getMessage();
            throw new ComponentException(
                    id + ": cannot listen on " + address + ": " + why + "; choose another with 'exporters: " + id
                            + ": endpoint: ...'",
                    e);
        }
        threads = pool();
        server.setExecutor(threads);
        HostNames names = new HostNames(address.host(), socket.getAddress().isLoopbackAddress());
        server.createContext(
                "/", new Guard(names, new Routes(new ZipkinApi(held.storage()), new LensFiles(), Clock.systemUTC())));
        server.start();
        log.info("{}: traces at http://{}:{}/zipkin/", id, shownHost(socket), port());
    }

    @Override
    public void export(List<SpanData> spans) throws ExportException {
        try {
            held.add(spans.stream().map(ZipkinSpan::of).toList());
        } catch (IOException | RuntimeException e) {
            throw new ExportException("keep " + spans.size() + " spans for the viewer: " + e.getMessage(), e, false);
        }
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    /** The port in use, which the system chose if 0 was configured; -1 if not started. */
    synchronized int port() {
        return server == null ? -1 : server.getAddress().getPort();
    }

    private String shownHost(InetSocketAddress socket) {
        return socket.getAddress().isAnyLocalAddress() ? "localhost" : address.host();
    }

    private ThreadPoolExecutor pool() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_REQUESTS),
                task -> {
                    Thread thread = new Thread(task, id + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
