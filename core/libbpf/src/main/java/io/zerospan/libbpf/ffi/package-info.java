/** The C functions as jnr-ffi binds them. Public only because jnr-ffi generates code in a class loader of its own. */
@NullMarked
package io.zerospan.libbpf.ffi;

import org.jspecify.annotations.NullMarked;
