package io.zerospan.extension.healthcheck;

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

class HealthCheckContractTest extends ComponentContract {
    @Override
    protected ComponentFactory factory() {
        return new HealthCheckFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("endpoint", "127.0.0.1:0", "path", "/healthz");
    }

    @Test
    void start_portTaken_saysWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            try (Component extension = create(FakeConfig.of(Map.of("endpoint", address)))) {
                assertThatThrownBy(extension::start)
                        .isInstanceOf(ComponentException.class)
                        .hasMessage("cannot listen on " + address + ": Address already in use; choose another with"
                                + " 'extensions: health_check: endpoint: ...'");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"13133", "localhost", "localhost:70000", "http://localhost:13133", "a b:1", "::1:13133"})
    void create_noAddress_isRejected(String endpoint) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly(
                        "endpoint: '" + endpoint + "' is no address; write host:port, such as localhost:13133");
    }

    @ParameterizedTest
    @ValueSource(strings = {":0", "[::1]:0", "0.0.0.0:0", "localhost:13133", "health.example:80"})
    void create_address_isTaken(String endpoint) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint));
        create(config).close();
        assertThat(config.rejects()).isEmpty();
    }

    @Test
    void create_pathWithoutSlash_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("path", "healthz"));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly("path: 'healthz' is no path; write one that begins with /, such as /healthz");
    }
}
