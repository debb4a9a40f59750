/**
 * libbpf for Java: objects, shared maps, the ring buffer, attaching, and what the running kernel can do. It knows
 * nothing of Go, spans or plugins. Start at {@link io.zerospan.libbpf.LibBpf#load()}.
 */
@NullMarked
package io.zerospan.libbpf;

import org.jspecify.annotations.NullMarked;
