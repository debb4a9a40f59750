package io.zerospan.processor.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbabilisticSamplerContractTest extends ComponentContract {

    @Override
    protected ComponentFactory factory() {
        return new ProbabilisticSamplerFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("sampling_percentage", 12.5, "parent_based", false, "mode", "proportional");
    }

    @Test
    void create_withoutPercentage_isRejected() {
        assertThat(rejects(Map.of("parent_based", true))).containsExactly("sampling_percentage: is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "100.1", "a quarter", "NaN"})
    void create_noPercentage_isRejected(String percentage) {
        assertThat(rejects(Map.of("sampling_percentage", percentage)))
                .singleElement()
                .asString()
                .startsWith("sampling_percentage: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash_seed", "equalizing", "random"})
    void create_otherMode_isRejectedWithTheOneThereIs(String mode) {
        assertThat(rejects(Map.of("sampling_percentage", 1, "mode", mode)))
                .singleElement()
                .asString()
                .startsWith("mode: '" + mode + "' is not ")
                .endsWith(" proportional");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hash_seed",
                "fail_closed",
                "sampling_precision",
                "attribute_source",
                "from_attribute",
                "sampling_priority"
            })
    void create_otherKeyOfTheCollectors_isRejectedWithTheReason(String key) {
        assertThat(rejects(Map.of("sampling_percentage", 1, key, 1)))
                .singleElement()
                .asString()
                .startsWith(key + ": is not supported: ");
    }

    private List<String> rejects(Map<String, Object> values) {
        FakeConfig config = FakeConfig.of(values);
        create(config).close();
        return config.rejects();
    }
}
