package io.zerospan.host.trace;

import io.zerospan.api.Config;
import io.zerospan.api.HookPlanner;
import io.zerospan.api.PlannedHook;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoSymbol;
import io.zerospan.gobinary.HookSites;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an object's planner where to go in a binary. */
final class PlannedHooks {
    private static final Logger LOG = LoggerFactory.getLogger(PlannedHooks.class);

    private PlannedHooks() {}

    /** Where the object's planned hooks go; what is wrong stands in the log, since no program has all of them. */
    static List<ProbePlan.Placement> place(ProbeSet.Probe probe, GoBinary binary, String path) {
        HookPlanner planner = probe.object().planner();
        List<ProbePlan.Placement> placements = new ArrayList<>();
        if (planner == null || probe.declarations().planned().isEmpty()) {
            return placements;
        }
        try {
            for (PlannedHook planned : planner.plan(new BinaryProgram(binary, path), new Logged(probe, path))) {
                place(probe, binary, path, planned, placements);
            }
        } catch (RuntimeException | LinkageError e) { // a plugin's own
            LOG.error(
                    "{} gives no spans of {}: its planner failed: {}",
                    probe.object().name(),
                    path,
                    e.toString());
            return List.of();
        }
        return placements;
    }

    private static void place(
            ProbeSet.Probe probe,
            GoBinary binary,
            String path,
            PlannedHook planned,
            List<ProbePlan.Placement> placements) {
        HookSites sites = binary.hook(
                new GoSymbol(planned.function().symbol(), planned.function().address()));
        List<ProbePlan.Placement> all = probe.declarations().planned().stream()
                .map(hook -> new ProbePlan.Placement(hook.program(), hook, sites, planned))
                .toList();
        if (!sites.eligible()
                || all.stream().anyMatch(placement -> placement.chosen().isEmpty())) {
            LOG.warn("{} does not probe {} in {}: {}", probe.object().name(), sites.symbol(), path, why(sites));
        } else {
            placements.addAll(all);
        }
    }

    /** Why a function can't be probed; empty if it can. */
    static String why(HookSites sites) {
        if (sites.eligible() && sites.start() != null && !sites.ends().isEmpty()) {
            return "";
        }
        return sites.reason().isEmpty() ? "it never returns" : sites.reason();
    }

    private record Logged(ProbeSet.Probe probe, String path) implements HookPlanner.Complaints {
        @Override
        public void missing(Config where, String key, Supplier<String> what) {}

        @Override
        public void wrong(Config where, String key, String what) {
            LOG.warn("{} in {}: {}", probe.object().name(), path, what);
        }
    }
}
