package io.zerospan.api;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/**
 * Takes finished spans. Must not keep the caller waiting: what cannot be taken at once is dropped and counted. The list
 * may be kept and shared: whoever hands it on does not change it afterwards, and neither does whoever takes it.
 */
@FunctionalInterface
public interface SpanConsumer {
    void accept(List<SpanData> spans);
}
