/** The receiver {@code http_server}. */
@NullMarked
package io.zerospan.receiver.httpserver;

import org.jspecify.annotations.NullMarked;
