/** The receiver {@code http_client}. */
@NullMarked
package io.zerospan.receiver.httpclient;

import org.jspecify.annotations.NullMarked;
