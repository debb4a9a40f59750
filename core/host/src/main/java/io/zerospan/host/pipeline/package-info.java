/** The graph between receivers and backends: processors, fan-out, queues, orderly start and stop. */
@NullMarked
package io.zerospan.host.pipeline;

import org.jspecify.annotations.NullMarked;
