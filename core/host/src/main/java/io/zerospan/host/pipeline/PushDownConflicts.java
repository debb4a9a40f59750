package io.zerospan.host.pipeline;

import io.zerospan.host.config.Findings;
import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.pipeline.PushDownPlan.Line;
import io.zerospan.host.pipeline.PushDownPlan.Step;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells of processors that work in the kernel only and that pipelines sharing a receiver do not agree on. */
final class PushDownConflicts {
    private final Findings findings;

    PushDownConflicts(Findings findings) {
        this.findings = findings;
    }

    void report(List<Line> lines) {
        for (int i = 0; i < lines.size(); i++) {
            within(lines.get(i));
            for (Line later : lines.subList(i + 1, lines.size())) {
                between(lines.get(i), later);
            }
        }
    }

    private void within(Line line) {
        List<Step> required = line.required();
        for (int i = 1; i < required.size(); i++) {
            Step step = required.get(i);
            rival(step, required.subList(0, i))
                    .ifPresent(
                            rival -> contradiction(step, rival, line.pipeline().receivers()));
        }
    }

    private void between(Line line, Line later) {
        List<Reference> shared = shared(later, line);
        if (shared.isEmpty()) {
            return;
        }
        for (Step step : later.required()) {
            Optional<Step> rival = rival(step, line.required());
            if (rival.isPresent()) {
                contradiction(step, rival.get(), shared);
            } else if (!isWanted(step, line)) {
                absence(step, line, shared(line, later));
            }
        }
        for (Step step : line.required()) {
            if (rival(step, later.required()).isEmpty() && !isWanted(step, later)) {
                absence(step, later, shared);
            }
        }
    }

    /** The receivers of {@code line}, as it mentions them, that {@code other} has too. */
    private static List<Reference> shared(Line line, Line other) {
        return line.pipeline().receivers().stream()
                .filter(receiver -> other.pipeline().receivers().stream()
                        .anyMatch(its -> its.id().equals(receiver.id())))
                .toList();
    }

    private static boolean isWanted(Step step, Line line) {
        return line.required().stream().anyMatch(other -> other.variables().equals(step.variables()));
    }

    /** A step that sets one of the same variables, and not all of them alike. */
    private static Optional<Step> rival(Step step, List<Step> others) {
        return others.stream()
                .filter(other -> !other.variables().equals(step.variables())
                        && !Collections.disjoint(
                                other.variables().keySet(), step.variables().keySet()))
                .findFirst();
    }

    private void contradiction(Step step, Step rival, List<Reference> shared) {
        Reference here = step.processor();
        Reference there = rival.processor();
        findings.error(
                here.place(),
                here.path(),
                "processor \"" + here.id() + "\" works in the kernel only, in the probes of " + named(shared)
                        + ", where " + there.path() + " (" + there.place() + ") wants something else by \""
                        + there.id() + "\"; use the same one in both places");
    }

    private void absence(Step step, Line line, List<Reference> shared) {
        Reference here = step.processor();
        Reference there = shared.get(0);
        findings.error(
                here.place(),
                here.path(),
                "processor \"" + here.id() + "\" works in the kernel only, in the probes of " + named(shared)
                        + ", which service::pipelines::" + line.pipeline().id() + " (" + there.place()
                        + ") shares without such a processor; list it in both pipelines or in neither");
    }

    private static String named(List<Reference> receivers) {
        return (receivers.size() == 1 ? "receiver " : "receivers ")
                + receivers.stream()
                        .map(receiver -> "\"" + receiver.id() + "\"")
                        .collect(Collectors.joining(", "));
    }
}
