package io.zerospan.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What probes can do in the kernel of a processor's work.
 *
 * @param constants values for {@code const volatile} variables of the probes, by variable name; an object that lacks a
 *     variable is left without it
 * @param tables the same for variables that are arrays of 64 bit numbers; what a table lacks in length is zeros
 */
public record PushDown(Need need, Map<String, Long> constants, Map<String, List<Long>> tables) {

    /** What becomes of the processor where its work cannot be handed to the probes. */
    public enum Need {
        /** It works in the kernel only: all pipelines of a receiver must want the same, anything else is an error. */
        REQUIRED,
        /** It works in user space alone, wherever a pipeline of the receiver does not begin with an equal processor. */
        WHERE_POSSIBLE
    }

    public PushDown {
        constants = Map.copyOf(constants);
        Map<String, List<Long>> copies = new HashMap<>();
        tables.forEach((variable, numbers) -> copies.put(variable, List.copyOf(numbers)));
        tables = Map.copyOf(copies);
        if (constants.isEmpty() && tables.isEmpty()) {
            throw new IllegalArgumentException("a push-down without constants changes nothing in the kernel");
        }
    }

    public PushDown(Need need, Map<String, Long> constants) {
        this(need, constants, Map.of());
    }
}
