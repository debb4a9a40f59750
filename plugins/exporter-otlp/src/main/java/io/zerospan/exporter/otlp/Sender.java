package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.function.Supplier;

/** The library's client for one protocol: all that its clients have in common is the names. */
record Sender(Export export, Supplier<CompletableResultCode> end) {
    interface Export {
        CompletableResultCode send(Marshaler request, int spans);
    }

    CompletableResultCode send(Marshaler request, int spans) {
        return export.send(request, spans);
    }

    CompletableResultCode shutdown() {
        return end.get();
    }
}
