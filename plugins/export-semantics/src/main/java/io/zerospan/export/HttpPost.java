package io.zerospan.export;

import io.zerospan.api.ExportException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts a body and waits for the whole answer, no longer than the timeout; an interrupt ends it at once. */
public final class HttpPost {
    /**
     * What a request should not exceed before it is compressed. Zipkin's server takes 10 MiB, a Collector 20 MiB, and
     * both answer 500 to more, as if it were worth another try.
     */
    public static final int MAX_BODY_BYTES = 5 << 20;

    /** The Collector's 0 means no limit; a request of ten minutes is lost all the same. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int TOO_MANY_REQUESTS = 429;

    private final PostOptions options;
    private final HttpClient client;

    private HttpPost(PostOptions options, HttpClient client) {
        this.options = options;
        this.client = client;
    }

    /** Starts the JDK's client, whose threads end by themselves once nobody holds this object. */
    public static HttpPost open(PostOptions options) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // no attempt to upgrade, which some proxies refuse
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new HttpPost(options, client);
    }

    /** Returns when the backend has answered that it took {@code body}. */
    public void send(byte[] body, Map<String, String> bodyHeaders) throws ExportException {
        HttpRequest.Builder request = HttpRequest.newBuilder(options.endpoint()).POST(BodyPublishers.ofByteArray(body));
        options.headers().forEach(request::header);
        bodyHeaders.forEach(request::header);
        int status = status(client.sendAsync(request.build(), BodyHandlers.discarding()));
        if (status / 100 != 2) {
            throw refusal("HTTP status " + status, null, status == TOO_MANY_REQUESTS || status / 100 == 5);
        }
    }

    /** The request's own timeout would end with the headers; a body that never ends must not hold us either. */
    private int status(CompletableFuture<HttpResponse<Void>> answer) throws ExportException {
        Duration limit = options.timeout().isZero() ? LONGEST : options.timeout();
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS).statusCode();
        } catch (TimeoutException e) {
            throw refusal("no answer within " + limit.toMillis() + " ms", e, true);
        } catch (ExecutionException e) {
            throw refusal(reason(e.getCause()), e, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal("interrupted", e, true);
        } finally {
            answer.cancel(true); // closes the connection of a request that is still under way
        }
    }

    private ExportException refusal(String why, @Nullable Throwable cause, boolean retryable) {
        return new ExportException("send to " + options.endpoint() + ": " + why, cause, retryable);
    }

    private static String reason(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
        }
        if (failure == null) {
            return "the request failed";
        }
        String message = failure.getMessage();
        if (failure instanceof ConnectException) {
            return message == null ? "cannot connect" : "cannot connect: " + printable(message);
        }
        return message == null ? failure.getClass().getSimpleName() : printable(message);
    }

    /** A backend's text must not move the cursor of whoever reads the log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
