package com.example.till;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.testkit.FakeDraft;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TillShaperTest {
    @Test
    void charge_isNamedAndInMoney() {
        FakeDraft span = new FakeDraft().read("till.item", "tea").read("zs.cents", 450L);
        new TillShaper("CHF").shape(span);
        assertThat(span.name()).isEqualTo("charge tea");
        assertThat(span.exported())
                .isEqualTo(Map.of("till.item", "tea", "till.amount", 4.5, "till.currency", "CHF"));
    }
}
