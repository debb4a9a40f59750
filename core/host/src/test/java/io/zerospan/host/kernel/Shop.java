package io.zerospan.host.kernel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The example program as two processes: shop on PostgreSQL, which calls stock on SQLite. */
final class Shop implements AutoCloseable {
    private static final Path SOURCES = Path.of("..", "..", "examples", "shop").toAbsolutePath();

    private final Daemon stock;
    private final Daemon shop;
    private final String stockUrl;
    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Shop(Daemon stock, Daemon shop) {
        this.stock = stock;
        this.shop = shop;
        this.stockUrl = stock.await("listening on ");
        this.url = shop.await("listening on ");
    }

    static Path build(String go, Path binary) throws IOException, InterruptedException {
        return new GoBuild(SOURCES, go, List.of()).buildAs(binary);
    }

    /** @param suffix of both services' names */
    static Shop start(Path binary, PostgresServer orders, String suffix) throws IOException, InterruptedException {
        Daemon stock = Daemon.start(List.of(binary.toString(), "-role", "stock"), name("stock" + suffix));
        try {
            String address = stock.await("listening on ");
            Daemon shop = Daemon.start(
                    List.of(binary.toString(), "-stock", address, "-db", orders.source()), name("shop" + suffix));
            return new Shop(stock, shop);
        } catch (IOException | RuntimeException e) {
            stock.close();
            throw e;
        }
    }

    private static Map<String, String> name(String service) {
        return Map.of("OTEL_SERVICE_NAME", service);
    }

    /** Host and port of the stock. */
    String stock() {
        return stockUrl.replace("http://", "");
    }

    /** Returns the status of the answer. */
    int request(String method, String path, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() throws InterruptedException {
        try (stock) {
            shop.close();
        }
    }
}
