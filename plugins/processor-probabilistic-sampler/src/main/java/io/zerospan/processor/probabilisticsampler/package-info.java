/** The processor {@code probabilistic_sampler}. */
@NullMarked
package io.zerospan.processor.probabilisticsampler;

import org.jspecify.annotations.NullMarked;
