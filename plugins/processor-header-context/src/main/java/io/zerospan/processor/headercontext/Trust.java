package io.zerospan.processor.headercontext;

import io.zerospan.api.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whose headers name parents.
 *
 * @param mode as the probes have it: 0 for everybody, else one more than there are networks
 */
record Trust(long mode, List<Network> networks) {
    /** {@code ZS_TRUSTED_MAX} in {@code pushed.h}. */
    private static final int MAX_NETWORKS = 16;

    private static final String KEY = "trust";
    private static final String ALWAYS = "always";
    private static final String NEVER = "never";

    static Trust everybody() {
        return new Trust(0, List.of());
    }

    static Trust read(Config config) {
        List<String> words = config.oneOrMore(KEY, List.of(ALWAYS));
        if (words.equals(List.of(ALWAYS))) {
            return everybody();
        }
        if (words.equals(List.of(NEVER))) {
            return new Trust(1, List.of());
        }
        List<Network> networks = new ArrayList<>();
        for (String word : words) {
            try {
                networks.add(Network.parse(word));
            } catch (IllegalArgumentException e) {
                config.reject(KEY, e.getMessage() + "; write always, never or networks as [10.0.0.0/8, fd00::/8]");
            }
        }
        if (words.isEmpty() || words.size() > MAX_NETWORKS) {
            config.reject(
                    KEY, "has " + words.size() + " networks; give 1 to " + MAX_NETWORKS + ", or write always or never");
            return everybody();
        }
        return new Trust(1 + networks.size(), List.copyOf(networks));
    }

    Map<String, List<Long>> tables() {
        if (networks.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "zs_trusted",
                networks.stream().flatMap(network -> network.words().stream()).toList());
    }
}
