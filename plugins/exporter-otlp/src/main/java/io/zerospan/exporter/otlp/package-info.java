/** The exporters {@code otlp} (gRPC) and {@code otlphttp}. */
@NullMarked
package io.zerospan.exporter.otlp;

import org.jspecify.annotations.NullMarked;
