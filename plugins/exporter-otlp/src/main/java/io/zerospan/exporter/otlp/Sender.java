package io.zerospan.exporter.otlp;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.sdk.common.CompletableResultCode;

/** The library's client for one protocol. */
interface Sender {
    CompletableResultCode send(Marshaler request, int spans);

    CompletableResultCode shutdown();
}
