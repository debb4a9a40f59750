/** Tests on the running kernel, with real Go programs. */
@NullMarked
package io.zerospan.host.kernel;

import org.jspecify.annotations.NullMarked;
