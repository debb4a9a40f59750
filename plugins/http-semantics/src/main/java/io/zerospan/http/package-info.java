/** OpenTelemetry's conventions for HTTP, as far as server and client share them. */
@NullMarked
package io.zerospan.http;

import org.jspecify.annotations.NullMarked;
