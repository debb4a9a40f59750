/** The extension {@code health_check}. */
@NullMarked
package io.zerospan.extension.healthcheck;

import org.jspecify.annotations.NullMarked;
