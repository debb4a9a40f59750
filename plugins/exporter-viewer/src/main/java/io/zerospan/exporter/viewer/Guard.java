package io.zerospan.exporter.viewer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only reading requests under our own names through, and turns every failure into an answer. */
final class Guard implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    /** Lens is one script with styles of its own making; nothing is loaded from elsewhere. */
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
                    + "frame-ancestors 'none'";

    private final HostNames names;
    private final Routes routes;

    Guard(HostNames names, Routes routes) {
        this.names = names;
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (IOException e) {
            log.debug("the browser went away: {}", e.toString());
        }
    }

    private Answer answer(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!names.accepts(exchange.getRequestHeaders().getFirst("Host"))) {
            return Answer.text(403, "Ask under the address that the viewer listens on, such as http://localhost/.");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.text(405, "The viewer only answers GET.");
        }
        try {
            return routes.answer(path(exchange), Query.of(exchange.getRequestURI()));
        } catch (IllegalArgumentException e) {
            return Answer.text(400, "The query cannot be answered: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            log.warn("viewer: a request failed", e);
            return Answer.text(500, "The viewer failed; its log says why.");
        }
    }

    private static String path(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path == null ? "" : path; // an opaque address such as "a:b" has none
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Cache-Control", answer.contentType().startsWith(Answer.JSON) ? "no-store" : "max-age=60");
        if (answer.status() == Answer.FOUND) {
            headers.set("Location", new String(answer.body(), StandardCharsets.UTF_8));
        }
        if (exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
