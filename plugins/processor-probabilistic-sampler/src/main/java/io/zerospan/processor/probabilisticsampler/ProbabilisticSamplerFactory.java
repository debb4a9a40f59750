package io.zerospan.processor.probabilisticsampler;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.Processor;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Stability;
import java.util.Map;
import org.pf4j.Extension;

/** Makes the processor {@code probabilistic_sampler}: the Collector's, in its mode {@code proportional}. */
@Extension
public final class ProbabilisticSamplerFactory implements ProcessorFactory {
    private static final String PERCENTAGE = "sampling_percentage";

    /** What the Collector knows and this processor does not, each with what its user should know. */
    private static final Map<String, String> REFUSED = Map.of(
            "hash_seed", "is not supported: traces are chosen by their ids' own random bits, without a hash",
            "fail_closed", "is not supported: no decision can fail, every span has a trace id",
            "sampling_precision", "is not supported: the decision is exact and written into no tracestate",
            "attribute_source", "is not supported: traces are chosen by their ids, before there are attributes",
            "from_attribute", "is not supported: traces are chosen by their ids, before there are attributes",
            "sampling_priority", "is not supported: traces are chosen by their ids, before there are attributes");

    @Override
    public String type() {
        return "probabilistic_sampler";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "Keeps a share of all traces, decided where they begin";
    }

    @Override
    public Processor create(Config config, ComponentContext context, SpanConsumer next) {
        if (!config.has(PERCENTAGE)) {
            config.required(PERCENTAGE); // the Collector's default of 0 would drop everything without a word
        }
        double percentage = config.decimal(PERCENTAGE, 0, 0, 100);
        boolean parentBased = config.bool("parent_based", true);
        checkMode(config);
        REFUSED.forEach((key, why) -> {
            if (config.has(key)) {
                config.reject(key, why);
            }
        });
        return new SamplingProcessor(Threshold.ofPercentage(percentage), parentBased, next);
    }

    private static void checkMode(Config config) {
        String mode = config.string("mode", "proportional");
        if ("hash_seed".equals(mode)) {
            config.reject("mode", "'hash_seed' is not supported, because probes cannot hash ids; write proportional");
        } else if ("equalizing".equals(mode)) {
            config.reject(
                    "mode",
                    "'equalizing' is not supported, because probes do not read what other samplers left in tracestate;"
                            + " write proportional");
        } else if (!"proportional".equals(mode)) {
            config.reject("mode", "'" + mode + "' is not a mode; the only one is proportional");
        }
    }
}
