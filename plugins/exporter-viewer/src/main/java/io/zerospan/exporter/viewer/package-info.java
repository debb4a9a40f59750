/** The exporter {@code viewer}. */
@NullMarked
package io.zerospan.exporter.viewer;

import org.jspecify.annotations.NullMarked;
