package io.zerospan.host.pipeline;

import static io.zerospan.host.pipeline.Lines.batch;
import static io.zerospan.host.pipeline.Lines.headers;
import static io.zerospan.host.pipeline.Lines.line;
import static io.zerospan.host.pipeline.Lines.sampler;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.PushDown;
import io.zerospan.api.PushDown.Need;
import io.zerospan.host.pipeline.Lines.Wish;
import io.zerospan.host.pipeline.PushDownPlan.Line;
import io.zerospan.host.trace.PushedDown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushDownPlanTest {
    private static final PushedDown HEADERS = new PushedDown("headers", Map.of("formats", 1L));
    private static final PushedDown SAMPLER = new PushedDown("sampler", Map.of("sampling", 1L, "threshold", 25L));
    private static final List<String> HTTP = List.of("http");

    @Test
    void onePipeline_headersThenSampler_areBothPushedDown() {
        assertThat(http(line(1, "a", HTTP, headers("headers", 1), sampler("sampler", 25), batch())))
                .containsExactly(HEADERS, SAMPLER);
    }

    @Test
    void onePipeline_withoutAnyOfThem_hasNothingToPushDown() {
        assertThat(http(line(1, "a", HTTP, batch()))).isEmpty();
        assertThat(http(line(1, "a", HTTP))).isEmpty();
    }

    @Test
    void samplerFirstInBoth_isPushedDownUnderItsFirstName() {
        assertThat(http(
                        line(1, "a", HTTP, sampler("sampler", 25), batch()),
                        line(2, "b", HTTP, sampler("sampler/b", 25))))
                .containsExactly(SAMPLER);
    }

    @Test
    void samplerFirstInOnlyOne_worksInUserSpace() {
        assertThat(http(line(1, "a", HTTP, sampler("sampler", 25)), line(2, "b", HTTP, batch())))
                .isEmpty();
        assertThat(http(line(1, "a", HTTP), line(2, "b", HTTP, sampler("sampler", 25))))
                .isEmpty();
    }

    @Test
    void samplersOfDifferentRates_workInUserSpace() {
        assertThat(http(line(1, "a", HTTP, sampler("sampler", 25)), line(2, "b", HTTP, sampler("sampler/b", 50))))
                .isEmpty();
    }

    @Test
    void batchBeforeTheSampler_keepsItInUserSpace() {
        assertThat(http(line(1, "a", HTTP, headers("headers", 1), batch(), sampler("sampler", 25))))
                .containsExactly(HEADERS);
    }

    @Test
    void secondSampler_worksInUserSpace() {
        assertThat(http(line(1, "a", HTTP, sampler("sampler", 25), sampler("sampler/b", 50))))
                .containsExactly(SAMPLER);
    }

    @Test
    void headersBehindOthers_arePushedDownAllTheSame() {
        assertThat(http(line(1, "a", HTTP, sampler("sampler", 25), headers("headers", 1))))
                .containsExactlyInAnyOrder(HEADERS, SAMPLER);
    }

    @Test
    void variableThatSomebodyNeeds_isNotSetOtherwiseByTheHead() {
        PushDown same = new PushDown(Need.WHERE_POSSIBLE, Map.of("formats", 7L));
        assertThat(http(line(1, "a", HTTP, headers("headers", 1), new Wish("other", Optional.of(same)))))
                .containsExactly(HEADERS);
    }

    @Test
    void receiversOfDifferentPipelines_arePlannedEachByItsOwn() {
        Line sampled = line(1, "a", List.of("http", "sql"), sampler("sampler", 25));
        Line whole = line(2, "b", List.of("sql"));
        assertThat(PushDownPlan.of(List.of(sampled, whole)))
                .containsEntry(Lines.id("http"), List.of(SAMPLER))
                .containsEntry(Lines.id("sql"), List.of());
    }

    private static List<PushedDown> http(Line... lines) {
        return PushDownPlan.of(List.of(lines)).get(Lines.id("http"));
    }
}
