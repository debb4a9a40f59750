/** What exporters to Zipkin and Jaeger have in common: texts for attributes, the other side of a call, one POST. */
@NullMarked
package io.zerospan.export;

import org.jspecify.annotations.NullMarked;
