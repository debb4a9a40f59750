/** The entry point of the distribution. */
@NullMarked
package io.zerospan.host;

import org.jspecify.annotations.NullMarked;
