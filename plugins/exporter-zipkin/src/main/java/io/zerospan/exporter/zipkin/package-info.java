/** The exporter {@code zipkin}. */
@NullMarked
package io.zerospan.exporter.zipkin;

import org.jspecify.annotations.NullMarked;
