/** The exporter {@code debug}. */
@NullMarked
package io.zerospan.exporter.debug;

import org.jspecify.annotations.NullMarked;
