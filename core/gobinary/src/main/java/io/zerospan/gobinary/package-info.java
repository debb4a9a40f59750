/**
 * Reads Go executables without DWARF: build info, functions and their probe sites, runtime types and field offsets.
 * Knows nothing of eBPF or of any other module, so that it is useful alone. The door is
 * {@link io.zerospan.gobinary.GoBinary}.
 */
@NullMarked
package io.zerospan.gobinary;

import org.jspecify.annotations.NullMarked;
