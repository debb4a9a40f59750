package io.zerospan.processor.headercontext;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderContextContractTest extends ComponentContract {

    @Override
    protected ComponentFactory factory() {
        return new HeaderContextProcessorFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of(
                "formats", List.of("b3multi", "tracecontext"),
                "trust", List.of("10.0.0.0/8"),
                "capture", Map.of("request", List.of("x-tenant"), "response", List.of(), "redact", List.of("cookie")));
    }

    @Test
    void create_withoutFormats_isNoError() {
        FakeConfig config = FakeConfig.empty();
        create(config).close();
        assertThat(config.rejects()).isEmpty();
    }

    @Test
    void create_unknownFormat_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("formats", List.of("tracecontext", "xray")));
        create(config).close();
        assertThat(config.rejects()).singleElement().asString().startsWith("formats: [tracecontext, xray]");
    }

    @Test
    void create_noFormat_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("formats", List.of()));
        create(config).close();
        assertThat(config.rejects()).hasSize(1);
    }
}
