package io.zerospan.host.pipeline;

import io.zerospan.api.PushDown;
import io.zerospan.api.PushDown.Need;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.config.Place;
import io.zerospan.host.pipeline.PushDownPlan.Line;
import io.zerospan.host.pipeline.PushDownPlan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pipelines as they stand in a file, one a line: receivers from column 10, processors from column 50, each 10 wide. */
final class Lines {

    private Lines() {}

    record Wish(String id, Optional<PushDown> pushDown) {}

    /** Reads headers, in the kernel only. */
    static Wish headers(String id, long formats) {
        return new Wish(id, Optional.of(new PushDown(Need.REQUIRED, Map.of("formats", formats))));
    }

    static Wish sampler(String id, long threshold) {
        Map<String, Long> constants = Map.of("sampling", 1L, "threshold", threshold);
        return new Wish(id, Optional.of(new PushDown(Need.WHERE_POSSIBLE, constants)));
    }

    static Wish batch() {
        return new Wish("batch", Optional.empty());
    }

    static Line line(int number, String pipeline, List<String> receivers, Wish... wishes) {
        String path = "service::pipelines::" + pipeline;
        List<Reference> from = new ArrayList<>();
        receivers.forEach(id -> from.add(reference(id, number, 10 + 10 * from.size(), path)));
        List<Step> steps = new ArrayList<>();
        for (Wish wish : wishes) {
            steps.add(new Step(reference(wish.id(), number, 50 + 10 * steps.size(), path), wish.pushDown()));
        }
        List<Reference> processors = steps.stream().map(Step::processor).toList();
        return new Line(new PipelineConfig(pipeline, from, processors, List.of()), steps);
    }

    static ComponentId id(String text) {
        String[] parts = text.split("/", 2);
        return new ComponentId(parts[0], parts.length == 1 ? "" : parts[1]);
    }

    private static Reference reference(String id, int line, int column, String path) {
        return new Reference(id(id), new Place("c.yaml", line, column), path);
    }
}
