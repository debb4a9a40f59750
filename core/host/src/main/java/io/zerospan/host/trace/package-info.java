/** From processes to spans: discovery, attaching, the ring buffer, decoding. */
@NullMarked
package io.zerospan.host.trace;

import org.jspecify.annotations.NullMarked;
