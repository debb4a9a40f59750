package io.zerospan.receiver.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.Propagation;
import io.zerospan.api.Propagation.Format;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpClientReceiverTest {

    private static Propagation propagation(FakeConfig config) {
        return new HttpClientFactory()
                .create(config, new FakeContext("http_client"))
                .propagation()
                .orElseThrow();
    }

    private static Propagation propagation(Map<String, Object> options) {
        return propagation(FakeConfig.of(Map.of("propagation", options)));
    }

    @Test
    void propagation_byDefault_isAllThatCostsNothing() {
        assertThat(propagation(FakeConfig.empty()))
                .isEqualTo(new Propagation(true, true, false, List.of(Format.TRACECONTEXT)));
    }

    @Test
    void propagation_isWhatTheOptionsSay() {
        assertThat(propagation(Map.of(
                        "connection",
                        false,
                        "memory",
                        "false",
                        "socket",
                        true,
                        "formats",
                        List.of("b3", "tracecontext"))))
                .isEqualTo(new Propagation(false, false, true, List.of(Format.B3, Format.TRACECONTEXT)));
    }

    @Test
    void unknownFormat_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("propagation", Map.of("formats", List.of("jaeger"))));
        propagation(config);
        assertThat(config.rejects()).singleElement().asString().contains("formats: [jaeger]");
    }

    @Test
    void unknownMemory_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("propagation", Map.of("memory", "perhaps")));
        propagation(config);
        assertThat(config.rejects()).singleElement().asString().contains("memory");
    }
}
