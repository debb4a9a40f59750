package io.zerospan.processor.headercontext;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Processor;
import io.zerospan.api.PushDown;
import io.zerospan.api.SpanConsumer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the probes take a server's span's parent from the request's headers. Ids must be right before children begin, so
 * there is nothing left to do when spans arrive here.
 */
final class HeaderContextProcessor implements Processor {
    private final long formats;
    private final SpanConsumer next;

    HeaderContextProcessor(long formats, SpanConsumer next) {
        this.formats = formats;
        this.next = next;
    }

    @Override
    public Optional<PushDown> pushDown() {
        return Optional.of(new PushDown(PushDown.Need.REQUIRED, Map.of("zs_header_formats", formats)));
    }

    @Override
    public void accept(List<SpanData> spans) {
        next.accept(spans);
    }
}
