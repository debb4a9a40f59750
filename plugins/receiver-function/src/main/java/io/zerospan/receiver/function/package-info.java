/** Spans of functions that a configuration names, with attributes by Go expressions. */
@NullMarked
package io.zerospan.receiver.function;

import org.jspecify.annotations.NullMarked;
