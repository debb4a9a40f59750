package io.zerospan.host.trace;

import io.zerospan.api.PlannedHook;
import io.zerospan.gobinary.ContextType;
import io.zerospan.gobinary.FieldOffset;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoModule;
import io.zerospan.gobinary.GoType;
import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.ProbeSite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object made to fit one executable: where its programs go and what its constants are.
 *
 * @param swissMaps how the executable's maps are laid out, for probes that read any
 * @param refusal why the object can't be used here; empty if it can
 * @param applicable false if the executable does not contain what the object traces, which is nobody's fault
 */
record ProbePlan(
        List<Placement> placements,
        Map<String, Long> constants,
        ContextTypeTable contextTypes,
        boolean swissMaps,
        String refusal,
        boolean applicable) {

    /** {@code ZS_WAVE_SHIFT}: no address reaches this high. */
    static final int WAVE_SHIFT = 56;
    /** {@code ZS_COOKIE_STACK_CHECK}: set in the cookie of a site that is the branch of a stack check. */
    static final long STACK_CHECK = 1L << 55;

    /** {@code ZS_COOKIE_RETURN}. */
    static final long RETURN_SITE = 1L << 54;
    /** {@code ZS_COOKIE_CALLER}. */
    static final long CALLER_SITE = 1L << 53;

    /**
     * A program and its sites: offsets in the file, and link-time addresses as cookies.
     *
     * @param planned what the receiver's planner said, null for a hook that the object declares
     */
    record Placement(
            String program,
            ProbeDeclarations.Hook hook,
            HookSites sites,
            @Nullable PlannedHook planned) {
        Placement(String program, ProbeDeclarations.Hook hook, HookSites sites) {
            this(program, hook, sites, null);
        }

        List<ProbeSite> chosen() {
            ProbeSite start = sites.start();
            return hook.point() == ProbeDeclarations.Point.RETURN
                    ? sites.ends()
                    : start == null ? List.of() : List.of(start);
        }

        long[] offsets() {
            return chosen().stream().mapToLong(ProbeSite::fileOffset).toArray();
        }

        /** What the programs get at a hit, see {@code ZS_WAVE_SHIFT} in {@code go.h}. */
        long[] cookies(int wave) {
            return chosen().stream()
                    .mapToLong(site -> site.address() | kind(site) | (long) wave << WAVE_SHIFT)
                    .toArray();
        }

        private long kind(ProbeSite site) {
            if (hook.point() == ProbeDeclarations.Point.RETURN) {
                return sites.returns().contains(site) ? RETURN_SITE : RETURN_SITE | CALLER_SITE;
            }
            return site.filterStackGrowth() ? STACK_CHECK : 0;
        }
    }

    /** Whether the programs must tell at some site whether the function begins or only its stack grows. */
    boolean checksStack() {
        return placements.stream()
                .flatMap(placement -> placement.chosen().stream())
                .anyMatch(ProbeSite::filterStackGrowth);
    }

    static ProbePlan of(ProbeDeclarations declared, StudiedBinary studied) {
        return of(declared, List.of(), studied);
    }

    /** @param planned where the object's planned hooks go */
    static ProbePlan of(ProbeDeclarations declared, List<Placement> planned, StudiedBinary studied) {
        GoBinary binary = studied.binary();
        List<Placement> placements = new ArrayList<>(planned);
        for (ProbeDeclarations.Hook hook : declared.hooks()) {
            HookSites sites = sites(hook, studied);
            if (!hook.required() && !sites.present()) {
                continue; // the linker has left it out: nobody calls it
            }
            List<ProbeDeclarations.Hook> returning = declared.unless(hook);
            if (!returning.isEmpty() && returning.stream().noneMatch(other -> leavesReturns(other, studied))) {
                continue; // they run on all returns
            }
            Placement placement = new Placement(hook.program(), hook, sites);
            if (!sites.eligible() || placement.chosen().isEmpty()) {
                return refused(why(sites), sites.present() || hasModuleOf(sites.symbol(), binary));
            }
            placements.add(placement);
        }
        if (placements.isEmpty()) {
            return refused("none of the functions that " + declared.object() + " probes is in the binary", false);
        }
        Map<String, Long> constants = new HashMap<>();
        for (ProbeDeclarations.Field field : declared.fields()) {
            Optional<FieldOffset> offset = studied.offsets().get(field.wanted());
            if (offset.isPresent()) {
                constants.put(field.variable(), (long) offset.get().offset());
            } else if (field.required()) {
                return refused(
                        "no field " + field.struct() + "." + field.path()
                                + " in the program's types, its debug information or offsets-db" + studied.problem(),
                        true);
            }
        }
        for (ProbeDeclarations.TypeAddress type : declared.types()) {
            constants.put(
                    type.variable(),
                    binary.type(type.type()).map(GoType::address).orElse(0L));
        }
        List<ContextType> wrappers = binary.contextTypes();
        return new ProbePlan(placements, constants, ContextTypeTable.of(wrappers), binary.swissMaps(), "", true);
    }

    private static HookSites sites(ProbeDeclarations.Hook hook, StudiedBinary studied) {
        HookSites sites = firstEligible(studied.candidates(hook.symbols()), studied.binary());
        boolean all = hook.last().isEmpty() || !sites.eligible();
        return all ? sites : studied.binary().withoutReturnsBehind(sites, hook.last());
    }

    /** Whether some of a function's returns are left to the program at the start of what it calls last. */
    private static boolean leavesReturns(ProbeDeclarations.Hook hook, StudiedBinary studied) {
        HookSites sites = sites(hook, studied);
        return sites.ends().size() < sites.returns().size() && sites.returns().containsAll(sites.ends());
    }

    /** Where one program goes; empty if nowhere. */
    static Optional<Placement> placement(ProbeDeclarations.Hook hook, GoBinary binary) {
        HookSites sites = firstEligible(hook.symbols(), binary);
        return sites.eligible() ? Optional.of(new Placement(hook.program(), hook, sites)) : Optional.empty();
    }

    private static HookSites firstEligible(List<String> candidates, GoBinary binary) {
        HookSites first = binary.hook(candidates.get(0));
        HookSites sites = first;
        for (int i = 1; !sites.eligible() && i < candidates.size(); i++) {
            sites = binary.hook(candidates.get(i));
        }
        return sites.eligible() ? sites : first;
    }

    private static String why(HookSites sites) {
        if (sites.reason().isEmpty()) {
            return sites.symbol() + " never returns";
        }
        return sites.reason().startsWith(sites.symbol()) ? sites.reason() : sites.symbol() + ": " + sites.reason();
    }

    /**
     * Whether the function would come from a module that is in the binary: then the author has misspelled it, or knows
     * another version. Of the standard library every program has just a part.
     */
    private static boolean hasModuleOf(String symbol, GoBinary binary) {
        return binary.modules().stream()
                .map(GoModule::path)
                .anyMatch(path -> symbol.startsWith(path + ".") || symbol.startsWith(path + "/"));
    }

    private static ProbePlan refused(String why, boolean applicable) {
        return new ProbePlan(List.of(), Map.of(), ContextTypeTable.of(List.of()), false, why, applicable);
    }
}
