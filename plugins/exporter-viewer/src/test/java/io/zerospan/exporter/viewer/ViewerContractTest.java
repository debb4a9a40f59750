package io.zerospan.exporter.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.Component;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerContractTest extends ComponentContract {

    @Override
    protected ComponentFactory factory() {
        return new ViewerExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("endpoint", "127.0.0.1:0", "max_spans", 1000);
    }

    @Test
    void start_portTaken_saysWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Component viewer = create(FakeConfig.of(Map.of("endpoint", address)));
            assertThatThrownBy(viewer::start)
                    .isInstanceOf(ComponentException.class)
                    .hasMessage("viewer: cannot listen on " + address
                            + ": Address already in use; choose another with 'exporters: viewer: endpoint: ...'");
            viewer.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9412", "127.0.0.1", "127.0.0.1:70000", "http://127.0.0.1:9412", "a b:1"})
    void create_noAddress_isRejected(String endpoint) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly("endpoint: '" + endpoint + "' is no address; write host:port, such as 127.0.0.1:9412");
    }
}
