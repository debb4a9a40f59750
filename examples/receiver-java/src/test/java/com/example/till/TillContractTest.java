package com.example.till;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every plugin keeps to, and the plugin's own option. */
class TillContractTest extends ComponentContract {
    @Override
    protected ComponentFactory factory() {
        return new TillFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("currency", "CHF");
    }

    @Test
    void currency_thatIsNone_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("currency", "francs"));
        create(config).close();
        assertThat(config.rejects()).singleElement().asString().contains("'francs' is no currency");
    }
}
