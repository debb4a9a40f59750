package io.zerospan.host.trace;

import io.zerospan.api.PlannedHook;
import io.zerospan.gobinary.ProbeSite;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects of one executable have start probes. A call is one span: of two probes at one site each would take the
 * other's open span for one that a panic has left behind.
 */
final class TakenSites {
    /** Names of objects, by address. */
    private final Map<Long, String> owners = new HashMap<>();

    private final Predicate<String> isLoaded;

    /** @param isLoaded whether an object has got its sites after all; may wait for the kernel's word */
    TakenSites(Predicate<String> isLoaded) {
        this.isLoaded = isLoaded;
    }

    /** A function that two probes want, and the object that has it. */
    record Conflict(String symbol, String owner) {
        String text() {
            return symbol + " is probed by " + owner + " already";
        }
    }

    static TakenSites by(List<LoadedProbe> probes) {
        TakenSites taken = new TakenSites(object -> true);
        probes.forEach(probe -> taken.take(probe.probe().object().name(), probe.plan()));
        return taken;
    }

    void take(String object, ProbePlan plan) {
        starts(plan).forEach(placement -> placement.chosen().forEach(site -> owners.put(site.address(), object)));
    }

    private @Nullable String owner(ProbeSite site) {
        String owner = owners.get(site.address());
        return owner != null && isLoaded.test(owner) ? owner : null;
    }

    /** Says who has one of the sites already. */
    Optional<Conflict> conflict(ProbePlan plan) {
        return starts(plan).stream()
                .flatMap(placement -> placement.chosen().stream()
                        .map(this::owner)
                        .filter(Objects::nonNull)
                        .map(owner -> new Conflict(placement.sites().symbol(), owner)))
                .findFirst();
    }

    /** Of planned functions those that nobody has yet; each is dispensable. */
    List<ProbePlan.Placement> free(List<ProbePlan.Placement> planned, Consumer<Conflict> told) {
        Set<PlannedHook> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ProbePlan.Placement placement : planned) {
            String owner = placement.chosen().stream()
                    .map(this::owner)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (placement.hook().point() == ProbeDeclarations.Point.START
                    && owner != null
                    && placement.planned() != null
                    && dropped.add(placement.planned())) {
                told.accept(new Conflict(placement.sites().symbol(), owner));
            }
        }
        return planned.stream()
                .filter(placement -> !dropped.contains(placement.planned()))
                .toList();
    }

    private static List<ProbePlan.Placement> starts(ProbePlan plan) {
        return plan.placements().stream()
                .filter(placement -> placement.hook().point() == ProbeDeclarations.Point.START)
                .toList();
    }
}
