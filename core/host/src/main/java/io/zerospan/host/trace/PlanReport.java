package io.zerospan.host.trace;

import io.zerospan.api.Config;
import io.zerospan.api.GoFunction;
import io.zerospan.api.HookPlanner;
import io.zerospan.api.ProbeObject;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoSymbol;
import io.zerospan.gobinary.HookSites;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an object's planner makes of a binary, for who looks.
 *
 * @param hooks the functions that it chose, and those that it would have chosen if they could be probed
 * @param problems what it says of its configuration
 */
record PlanReport(List<HookSites> hooks, List<String> problems) {

    static PlanReport of(ProbeObject object, GoBinary binary, String path) {
        HookPlanner planner = object.planner();
        if (planner == null) {
            return new PlanReport(List.of(), List.of());
        }
        Looked looked = new Looked(binary, path);
        Told told = new Told(new ArrayList<>());
        Set<GoFunction> chosen = new LinkedHashSet<>();
        try {
            planner.plan(looked, told).forEach(hook -> chosen.add(hook.function()));
        } catch (RuntimeException | LinkageError e) { // a plugin's own
            told.problems().add("its planner failed: " + e);
        }
        chosen.addAll(looked.refused);
        List<HookSites> hooks = chosen.stream()
                .map(function -> binary.hook(new GoSymbol(function.symbol(), function.address())))
                .toList();
        return new PlanReport(hooks, told.problems());
    }

    /** Remembers which functions the planner had to leave out. */
    private static final class Looked extends BinaryProgram {
        private final Set<GoFunction> refused = new LinkedHashSet<>();

        Looked(GoBinary binary, String path) {
            super(binary, path);
        }

        @Override
        public String refusal(GoFunction function) {
            String why = super.refusal(function);
            if (!why.isEmpty()) {
                refused.add(function);
            }
            return why;
        }
    }

    private record Told(List<String> problems) implements HookPlanner.Complaints {
        @Override
        public void missing(Config where, String key, Supplier<String> what) {
            problems.add(what.get());
        }

        @Override
        public void wrong(Config where, String key, String what) {
            problems.add(what);
        }
    }
}
