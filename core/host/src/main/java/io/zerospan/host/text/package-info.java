/** Text that is safe to show. */
@NullMarked
package io.zerospan.host.text;

import org.jspecify.annotations.NullMarked;
