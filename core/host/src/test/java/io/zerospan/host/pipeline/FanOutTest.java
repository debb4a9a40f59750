package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.host.Spans;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {

    @Test
    void allConsumers_getTheSpans() {
        List<Integer> sizes = new ArrayList<>();

        FanOut.to(List.of(spans -> sizes.add(spans.size()), spans -> sizes.add(-spans.size())))
                .accept(Spans.of(2));

        assertThat(sizes).containsExactly(2, -2);
    }

    @Test
    void list_cannotBeChangedUnderTheOthers() {
        assertThatThrownBy(() -> FanOut.to(List.of(List::clear)).accept(new ArrayList<>(Spans.of(2))))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
