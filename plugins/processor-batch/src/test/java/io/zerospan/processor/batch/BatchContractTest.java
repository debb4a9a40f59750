package io.zerospan.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchContractTest extends ComponentContract {

    @Override
    protected ComponentFactory factory() {
        return new BatchProcessorFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("send_batch_size", 10, "send_batch_max_size", 20, "timeout", "1s");
    }

    @Test
    void create_maxBelowSize_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("send_batch_size", 10, "send_batch_max_size", 9));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly("send_batch_max_size: must be 0 or at least send_batch_size, which is 10");
    }

    @Test
    void create_metadataKeys_areUnknown() {
        FakeConfig config = FakeConfig.of(Map.of("metadata_keys", "tenant"));
        create(config).close();
        assertThat(config.unread()).containsExactly("metadata_keys");
    }
}
