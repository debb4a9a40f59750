/** Traces for people: spans put together to trees, and drawn as text while they come. */
@NullMarked
package io.zerospan.host.waterfall;

import org.jspecify.annotations.NullMarked;
