package io.zerospan.receiver.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ProbeObject;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpServerContractTest extends ComponentContract {
    /** The first bytes of every ELF file: 64 bits, little endian. */
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1};

    @Override
    protected ComponentFactory factory() {
        return new HttpServerFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of();
    }

    @Test
    void probes_areTheServersAndTheRouters() {
        List<ProbeObject> probes = new HttpServerFactory()
                .create(FakeConfig.empty(), new FakeContext("http_server"))
                .probes();
        assertThat(probes).extracting(ProbeObject::name).containsExactly("http_server", "http_routes");
        assertThat(probes).allSatisfy(probe -> assertThat(probe.elf()).startsWith(ELF));
        assertThat(probes.get(0).shaper()).isInstanceOf(ServerSpanShaper.class);
    }
}
