/** All that a plugin may see of the host. What is public here is a promise; it changes only with the CHANGELOG. */
@NullMarked
package io.zerospan.api;

import org.jspecify.annotations.NullMarked;
