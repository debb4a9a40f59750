package io.zerospan.host.pipeline;

import static io.zerospan.host.pipeline.Lines.batch;
import static io.zerospan.host.pipeline.Lines.headers;
import static io.zerospan.host.pipeline.Lines.line;
import static io.zerospan.host.pipeline.Lines.sampler;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.config.ConfigException;
import io.zerospan.host.config.Findings;
import io.zerospan.host.pipeline.PushDownPlan.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushDownConflictsTest {
    private static final List<String> HTTP = List.of("http");

    @Test
    void pipelinesThatAgree_areNoConflict() {
        assertThat(errors(
                        line(1, "a", HTTP, headers("headers", 1), batch()),
                        line(2, "b", HTTP, batch(), headers("headers/b", 1))))
                .isEmpty();
    }

    @Test
    void pipelinesWithoutACommonReceiver_needNotAgree() {
        assertThat(errors(
                        line(1, "a", HTTP, headers("headers", 1)),
                        line(2, "b", List.of("sql"), headers("headers/b", 2)),
                        line(3, "c", List.of("grpc"))))
                .isEmpty();
    }

    @Test
    void samplers_needNotAgree() {
        assertThat(errors(line(1, "a", HTTP, sampler("sampler", 1)), line(2, "b", HTTP, sampler("sampler/b", 2))))
                .isEmpty();
    }

    @Test
    void differentOnes_areOneErrorWithBothPlaces() {
        assertThat(errors(
                        line(1, "a", List.of("http", "sql"), headers("headers", 1)),
                        line(2, "b", List.of("sql", "http"), batch(), headers("headers/b", 2))))
                .isEqualTo(
                        "c.yaml:2:60: service::pipelines::b: processor \"headers/b\" works in the kernel only, in the"
                                + " probes of receivers \"sql\", \"http\", where service::pipelines::a (c.yaml:1:50) wants"
                                + " something else by \"headers\"; use the same one in both places");
    }

    @Test
    void missingInTheLaterPipeline_isAnErrorWithBothPlaces() {
        assertThat(errors(line(1, "a", HTTP, headers("headers", 1)), line(2, "b", List.of("sql", "http"), batch())))
                .isEqualTo("c.yaml:1:50: service::pipelines::a: processor \"headers\" works in the kernel only, in the"
                        + " probes of receiver \"http\", which service::pipelines::b (c.yaml:2:20) shares without such a"
                        + " processor; list it in both pipelines or in neither");
    }

    @Test
    void missingInTheEarlierPipeline_isAnErrorWithBothPlaces() {
        assertThat(errors(line(1, "a", HTTP), line(2, "b", HTTP, headers("headers", 1))))
                .startsWith("c.yaml:2:50: service::pipelines::b: ")
                .contains("which service::pipelines::a (c.yaml:1:10) shares without");
    }

    @Test
    void twoInOnePipeline_mustAgreeToo() {
        assertThat(errors(line(1, "a", HTTP, headers("headers", 1), headers("headers/b", 2))))
                .startsWith("c.yaml:1:60: service::pipelines::a: processor \"headers/b\"")
                .contains("where service::pipelines::a (c.yaml:1:50) wants something else by \"headers\"");
        assertThat(errors(line(1, "a", HTTP, headers("headers", 1), headers("headers/b", 1))))
                .isEmpty();
    }

    private static String errors(Line... lines) {
        Findings findings = new Findings();
        new PushDownConflicts(findings).report(List.of(lines));
        try {
            findings.throwErrors();
            return "";
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
