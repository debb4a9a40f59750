/** The host's counters and gauges. */
@NullMarked
package io.zerospan.host.telemetry;

import org.jspecify.annotations.NullMarked;
