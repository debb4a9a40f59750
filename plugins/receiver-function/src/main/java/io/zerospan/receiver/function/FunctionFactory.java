package io.zerospan.receiver.function;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Stability;
import java.util.List;
import org.pf4j.Extension;

/** Makes the receiver {@code function}. */
@Extension
public final class FunctionFactory implements ReceiverFactory {
    @Override
    public String type() {
        return "function";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "a span for each call of the functions that the configuration names, with their arguments and results";
    }

    @Override
    public Receiver create(Config config, ComponentContext context) {
        List<Rule> rules = config.sections("probes").stream().map(Rule::read).toList();
        if (rules.isEmpty()) {
            config.reject("probes", "must name at least one function, such as {symbol: main.handle}");
            return List::of;
        }
        ProbeObject probe = ProbeObject.resource(
                        "function", FunctionFactory.class, "/probes/function.bpf.o", new FunctionShaper())
                .planned(new FunctionPlanner(rules));
        return () -> List.of(probe);
    }
}
