package io.zerospan.exporter.otlp;

import io.opentelemetry.sdk.common.export.Compressor;
import java.io.OutputStream;

/** Tells the library's client that a body is gzip, and leaves it as it is. */
enum Compressed implements Compressor {
    GZIP;

    @Override
    public String getEncoding() {
        return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream out) {
        return out;
    }
}
