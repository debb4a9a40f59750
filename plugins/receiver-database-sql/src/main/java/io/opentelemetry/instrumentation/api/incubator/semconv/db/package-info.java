/** The door to a class of OpenTelemetry's that is package-private. */
@NullMarked
package io.opentelemetry.instrumentation.api.incubator.semconv.db;

import org.jspecify.annotations.NullMarked;
