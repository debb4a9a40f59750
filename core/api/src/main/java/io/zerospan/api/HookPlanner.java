package io.zerospan.api;

import java.util.List;
import java.util.function.Supplier;

/**
 * Says where an object's planned hooks go in one executable ({@code GO_START_PLANNED}, {@code GO_RETURN_PLANNED} in
 * {@code planned.h}): for probes whose functions only a configuration knows. The host calls it once for each executable,
 * on its discovery thread, before the object is loaded, and once for {@code validate --exe}; it must not change anything.
 */
@FunctionalInterface
public interface HookPlanner {
    /** What is to be probed in {@code program}; empty if nothing. What can't be is told and left out. */
    List<PlannedHook> plan(GoProgram program, Complaints complaints);

    /** Takes what is wrong with the configuration in the light of one program. */
    interface Complaints {
        /** The program does not contain what is asked for: an error for who validates, nothing to warn of otherwise. */
        void missing(Config where, String key, Supplier<String> what);

        /** What is asked for can't be done in this program. */
        void wrong(Config where, String key, String what);
    }
}
