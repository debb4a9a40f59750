package io.zerospan.host.trace;

import java.util.Map;

/**
 * A processor whose work the probes of a receiver do.
 *
 * @param processor its id in the YAML
 * @param constants set in each object of the receiver that has such a variable
 */
public record PushedDown(String processor, Map<String, Long> constants) {}
