package io.zerospan.receiver.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ProbeObject;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpClientContractTest extends ComponentContract {
    /** The first bytes of every ELF file: 64 bits, little endian. */
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1};

    @Override
    protected ComponentFactory factory() {
        return new HttpClientFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("propagation", Map.of("socket", true, "memory", "false", "formats", List.of("b3")));
    }

    @Test
    void probes_areTheOneObjectBuiltWithTheJar() {
        List<ProbeObject> probes = new HttpClientFactory()
                .create(FakeConfig.empty(), new FakeContext("http_client"))
                .probes();
        assertThat(probes).singleElement().satisfies(probe -> {
            assertThat(probe.name()).isEqualTo("http_client");
            assertThat(probe.elf()).startsWith(ELF);
            assertThat(probe.shaper()).isInstanceOf(ClientSpanShaper.class);
        });
    }
}
