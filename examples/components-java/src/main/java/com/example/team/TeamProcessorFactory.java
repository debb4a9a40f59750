package com.example.team;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Processor;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Stability;
import org.pf4j.Extension;

/** Makes the processor {@code team}, with the option {@code name}. */
@Extension
public final class TeamProcessorFactory implements ProcessorFactory {
    @Override
    public String type() {
        return "team";
    }

    @Override
    public Stability stability() {
        return Stability.DEVELOPMENT;
    }

    @Override
    public String description() {
        return "says on every span which team it belongs to";
    }

    @Override
    public Processor create(Config config, ComponentContext context, SpanConsumer next) {
        String team = config.required("name");
        return spans -> next.accept(
                spans.stream().map(span -> TeamSpan.of(span, team)).toList());
    }
}
