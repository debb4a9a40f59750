package io.zerospan.host.trace;

import java.util.List;
import java.util.Map;

/**
 * A processor whose work the probes of a receiver do.
 *
 * @param processor its id in the YAML
 * @param constants set in each object of the receiver that has such a variable
 * @param tables set likewise
 */
public record PushedDown(String processor, Map<String, Long> constants, Map<String, List<Long>> tables) {

    public PushedDown(String processor, Map<String, Long> constants) {
        this(processor, constants, Map.of());
    }
}
