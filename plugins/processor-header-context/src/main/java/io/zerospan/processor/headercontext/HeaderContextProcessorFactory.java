package io.zerospan.processor.headercontext;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Processor;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Stability;
import java.util.List;
import org.pf4j.Extension;

/** Makes the processor {@code header_context}. */
@Extension
public final class HeaderContextProcessorFactory implements ProcessorFactory {
    @Override
    public String type() {
        return "header_context";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Continues the trace that a request's headers name: traceparent, b3, X-B3-*, uber-trace-id";
    }

    @Override
    public Processor create(Config config, ComponentContext context, SpanConsumer next) {
        List<String> formats = config.choices("formats", HeaderFormat.DEFAULT, HeaderFormat.names());
        Trust trust = Trust.read(config);
        Capture capture = Capture.read(config.section("capture"), HeaderFormat.hasBaggage(formats));
        return new HeaderContextProcessor(HeaderFormat.preference(formats), trust, capture, next);
    }
}
