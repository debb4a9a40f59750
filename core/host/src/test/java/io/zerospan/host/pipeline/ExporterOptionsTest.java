package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.config.TestConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExporterOptionsTest {

    @Test
    void defaults_areTheCollectors() {
        ExporterOptions options = ExporterOptions.read(TestConfig.of("{}").config());

        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.consumers()).isEqualTo(10);
        assertThat(options.queueSize()).isEqualTo(1000);
        assertThat(options.countSpans()).isFalse();
        assertThat(options.retry())
                .isEqualTo(new ExporterOptions.Retry(
                        true, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(300), 1.5, 0.5));
    }

    @Test
    void disabledQueue_stillDecouplesByOneRequest() {
        ExporterOptions options = ExporterOptions.read(
                TestConfig.of("sending_queue: {enabled: false}").config());

        assertThat(options.queueSize()).isEqualTo(1);
        assertThat(options.consumers()).isEqualTo(1);
    }

    @Test
    void queueThatBlocks_isRefused() {
        TestConfig test = TestConfig.of("sending_queue: {block_on_overflow: true, batch: {min_size: 1}}");

        ExporterOptions.read(test.config());

        assertThat(test.errors())
                .contains("sending_queue::block_on_overflow: true is not supported")
                .contains("sending_queue::batch: is not supported; put the processor 'batch' into the pipeline");
    }
}
