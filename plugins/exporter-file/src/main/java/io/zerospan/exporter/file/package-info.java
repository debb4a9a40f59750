/** The exporter {@code file}. */
@NullMarked
package io.zerospan.exporter.file;

import org.jspecify.annotations.NullMarked;
