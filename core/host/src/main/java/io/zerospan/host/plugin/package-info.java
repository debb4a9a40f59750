/** From the plugins folder to component factories, each behind its own fenced class loader. */
@NullMarked
package io.zerospan.host.plugin;

import org.jspecify.annotations.NullMarked;
