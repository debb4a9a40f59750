package io.zerospan.processor.headercontext;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Processor;
import io.zerospan.api.PushDown;
import io.zerospan.api.SpanConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the probes take a server's span's parent from the request's headers, and other headers as attributes. Ids must be
 * right before children begin, so what is left to do when spans arrive here is the form of those attributes.
 */
final class HeaderContextProcessor implements Processor {
    private final long formats;
    private final Trust trust;
    private final Capture capture;
    private final SpanConsumer next;

    HeaderContextProcessor(long formats, Trust trust, Capture capture, SpanConsumer next) {
        this.formats = formats;
        this.trust = trust;
        this.capture = capture;
        this.next = next;
    }

    @Override
    public Optional<PushDown> pushDown() {
        Map<String, List<Long>> tables = new HashMap<>(trust.tables());
        tables.putAll(capture.tables());
        Map<String, Long> constants = Map.of("zs_header_formats", formats, "zs_trust", trust.mode());
        return Optional.of(new PushDown(PushDown.Need.REQUIRED, constants, tables));
    }

    @Override
    public void accept(List<SpanData> spans) {
        next.accept(
                capture.isEmpty() ? spans : spans.stream().map(capture::shape).toList());
    }
}
