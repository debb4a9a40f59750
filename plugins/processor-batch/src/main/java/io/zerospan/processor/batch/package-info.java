/** The processor {@code batch}. */
@NullMarked
package io.zerospan.processor.batch;

import org.jspecify.annotations.NullMarked;
