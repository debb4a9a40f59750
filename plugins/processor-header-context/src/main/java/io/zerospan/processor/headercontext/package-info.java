/** The processor {@code header_context}. */
@NullMarked
package io.zerospan.processor.headercontext;

import org.jspecify.annotations.NullMarked;
