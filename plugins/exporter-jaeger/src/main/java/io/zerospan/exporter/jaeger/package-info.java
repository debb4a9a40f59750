/** The exporter {@code jaeger}: OpenTelemetry's spans as Jaeger's Thrift, and the two ways Jaeger takes it. */
@NullMarked
package io.zerospan.exporter.jaeger;

import org.jspecify.annotations.NullMarked;
