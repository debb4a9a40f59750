package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.zerospan.api.ExportException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads from a failed request whether the OTLP specification allows the same spans to be sent again. */
final class Refusal {
    /** https://opentelemetry.io/docs/specs/otlp/#failures; RESOURCE_EXHAUSTED counts as "try later" here. */
    private static final Set<GrpcStatusCode> RETRYABLE_GRPC = EnumSet.of(
            GrpcStatusCode.CANCELLED,
            GrpcStatusCode.DEADLINE_EXCEEDED,
            GrpcStatusCode.RESOURCE_EXHAUSTED,
            GrpcStatusCode.ABORTED,
            GrpcStatusCode.OUT_OF_RANGE,
            GrpcStatusCode.UNAVAILABLE,
            GrpcStatusCode.DATA_LOSS);

    /** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
    private static final Set<Integer> RETRYABLE_HTTP = Set.of(429, 502, 503, 504);

    private Refusal() {}

    static ExportException of(String endpoint, @Nullable Throwable failure) {
        if (failure instanceof GrpcExportException grpc && grpc.getResponse() != null) {
            GrpcResponse response = grpc.getResponse();
            String description = response.getStatusDescription();
            return refusal(
                    endpoint,
                    "gRPC status " + response.getStatusCode()
                            + (description == null || description.isEmpty() ? "" : ": " + description),
                    failure,
                    RETRYABLE_GRPC.contains(response.getStatusCode()));
        }
        if (failure instanceof HttpExportException http && http.getResponse() != null) {
            HttpResponse response = http.getResponse();
            return refusal(
                    endpoint,
                    "HTTP status " + response.getStatusCode(),
                    failure,
                    RETRYABLE_HTTP.contains(response.getStatusCode()));
        }
        // No answer at all: refused, reset, unknown host, timeout. The backend may come back.
        return refusal(endpoint, reason(failure), failure, true);
    }

    private static ExportException refusal(
            String endpoint, String why, @Nullable Throwable failure, boolean retryable) {
        return new ExportException("send to " + endpoint + ": " + printable(why), failure, retryable);
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof FailedExportException ? failure.getCause() : failure;
        if (cause == null) {
            return "the request failed";
        }
        String message = cause.getMessage();
        String seen = message == null ? cause.getClass().getSimpleName() : message;
        return seen + Advice.on(seen);
    }

    /** A backend's text must not move the cursor of whoever reads the log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
