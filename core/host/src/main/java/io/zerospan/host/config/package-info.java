/** YAML in, checked settings out. Knows places, not components. */
@NullMarked
package io.zerospan.host.config;

import org.jspecify.annotations.NullMarked;
