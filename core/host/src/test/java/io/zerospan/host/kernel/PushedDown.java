package io.zerospan.host.kernel;

import java.util.HashMap;
import java.util.Map;

/** What processors have the probes do: constants of {@code headers.h} and {@code sampling.h}. */
record PushedDown(Map<String, Long> server, Map<String, Long> client) {
    static final PushedDown NOTHING = new PushedDown(Map.of(), Map.of());

    /** The smallest threshold that nothing reaches: 56 bits of a trace id are compared with it. */
    private static final long NOTHING_REACHES = 1L << 56;

    /** Number of a format in {@code zs_header_formats}, from 1 in this order. */
    enum Format {
        TRACECONTEXT,
        B3,
        B3_MULTI
    }

    /** Headers are read, in all formats. */
    static PushedDown headers() {
        return headers(Format.values());
    }

    /** @param formats in the order of preference */
    static PushedDown headers(Format... formats) {
        long constant = 0;
        for (int i = 0; i < formats.length; i++) {
            constant |= (formats[i].ordinal() + 1L) << (8 * i);
        }
        return new PushedDown(Map.of("zs_header_formats", constant), Map.of());
    }

    /** And spans are sampled by both probes. */
    PushedDown sampling(double percentage, boolean parentBased) {
        Map<String, Long> sampler = Map.of(
                "zs_sampling",
                1L,
                "zs_sampling_parent_based",
                parentBased ? 1L : 0L,
                "zs_sampling_threshold",
                threshold(percentage));
        return new PushedDown(both(server, sampler), both(client, sampler));
    }

    static long threshold(double percentage) {
        return Math.round(NOTHING_REACHES * (1 - percentage / 100));
    }

    private static Map<String, Long> both(Map<String, Long> first, Map<String, Long> second) {
        Map<String, Long> both = new HashMap<>(first);
        both.putAll(second);
        return both;
    }
}
