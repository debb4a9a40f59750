package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TraceSummaryTest {
    @Test
    void nothingLost_isSaid() {
        assertThat(TraceSummary.of(1, 1, 0, new TreeMap<>())).isEqualTo("zerospan: 1 span, 1 trace; nothing lost");
    }

    @Test
    void losses_areToldByCounter() {
        Map<String, Long> metrics = Map.of(
                "zerospan_lost{what=span_ring_full}", 3L,
                "zerospan_lost{what=span_map_full}", 0L,
                "zerospan_records_malformed", 2L,
                "some_other_metric", 9L);
        assertThat(TraceSummary.of(10, 4, 5, TraceSummary.losses(metrics)))
                .isEqualTo(
                        "zerospan: 10 spans, 4 traces; lost: record_malformed 2, span_not_shown 5, span_ring_full 3");
    }
}
