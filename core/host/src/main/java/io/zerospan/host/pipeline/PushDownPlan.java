package io.zerospan.host.pipeline;

import io.zerospan.api.PushDown;
import io.zerospan.api.PushDown.Need;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.trace.PushedDown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which processors' work the probes of each receiver do. A receiver's probes serve all its pipelines at once, so only
 * what all of them want alike can be done there.
 */
final class PushDownPlan {

    /** A processor in a pipeline, and what of its work probes can do. */
    record Step(Reference processor, Optional<PushDown> pushDown) {

        boolean is(Need need) {
            return pushDown.isPresent() && pushDown.get().need() == need;
        }

        /** What it wants in which variable of the probes, a number or a list of them. */
        Map<String, Object> variables() {
            Map<String, Object> variables = new HashMap<>();
            pushDown.ifPresent(wish -> {
                variables.putAll(wish.constants());
                variables.putAll(wish.tables());
            });
            return variables;
        }

        PushedDown pushed() {
            return new PushedDown(
                    processor.id().toString(),
                    pushDown.map(PushDown::constants).orElseGet(Map::of),
                    pushDown.map(PushDown::tables).orElseGet(Map::of));
        }
    }

    /** A pipeline with its processors in the order listed. */
    record Line(PipelineConfig pipeline, List<Step> steps) {

        List<Step> required() {
            return steps.stream().filter(step -> step.is(Need.REQUIRED)).toList();
        }

        /** The first processor but for those that work in the kernel only: what they decide is settled before it. */
        Optional<Step> head() {
            return steps.stream().filter(step -> !step.is(Need.REQUIRED)).findFirst();
        }
    }

    private PushDownPlan() {}

    /** By receiver; of pipelines that {@link PushDownConflicts} complains about the first one is obeyed. */
    static Map<ComponentId, List<PushedDown>> of(List<Line> lines) {
        Map<ComponentId, List<Line>> sharers = new LinkedHashMap<>();
        for (Line line : lines) {
            for (Reference receiver : line.pipeline().receivers()) {
                sharers.computeIfAbsent(receiver.id(), absent -> new ArrayList<>())
                        .add(line);
            }
        }
        Map<ComponentId, List<PushedDown>> plan = new LinkedHashMap<>();
        sharers.forEach((receiver, sharing) -> plan.put(receiver, pushedDown(sharing)));
        return plan;
    }

    private static List<PushedDown> pushedDown(List<Line> sharing) {
        List<PushedDown> pushed = new ArrayList<>();
        for (Step step : sharing.get(0).required()) {
            pushed.add(step.pushed());
        }
        sharedHead(sharing).filter(head -> !touches(head, pushed)).ifPresent(head -> pushed.add(head.pushed()));
        return List.copyOf(pushed);
    }

    /** What every pipeline begins with, if that is the same everywhere and can be done by probes. */
    private static Optional<Step> sharedHead(List<Line> sharing) {
        return sharing.get(0)
                .head()
                .filter(first -> first.is(Need.WHERE_POSSIBLE)
                        && sharing.stream()
                                .allMatch(line ->
                                        first.pushDown().equals(line.head().flatMap(Step::pushDown))));
    }

    /** A variable that somebody needs in the kernel is not set otherwise by somebody who does not. */
    private static boolean touches(Step step, List<PushedDown> pushed) {
        return step.variables().keySet().stream()
                .anyMatch(variable -> pushed.stream()
                        .anyMatch(other -> other.constants().containsKey(variable)
                                || other.tables().containsKey(variable)));
    }
}
