package io.zerospan.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.Component;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpGrpcExporterConfigTest extends ComponentContract {
    @TempDir
    private Path folder;

    @Override
    protected ComponentFactory factory() {
        return new OtlpGrpcExporterFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("endpoint", "127.0.0.1:4317", "tls", Map.of("insecure", true), "compression", "gzip");
    }

    @ParameterizedTest
    @CsvSource({
        "collector:4317, true, http://collector:4317",
        "collector:4317, false, https://collector:4317",
        "http://collector:4317, false, http://collector:4317",
        "https://collector:4317, true, https://collector:4317",
        "[::1]:4317, true, http://[::1]:4317"
    })
    void endpoint_schemeComesFromTlsUnlessGiven(String endpoint, boolean insecure, String url) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint));
        assertThat(Endpoints.grpc(config, insecure)).isEqualTo(url);
        assertThat(config.rejects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"collector", "':4317'", "collector:99999", "collector:x", "unix:///run/otlp"})
    void endpoint_noAddress_isRejected(String endpoint) {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", endpoint));
        create(config).close();
        assertThat(config.rejects())
                .containsExactly("endpoint: '" + endpoint + "' is no address; write host:port, such as collector:4317");
    }

    @Test
    void endpoint_withAPath_isRejectedWithWhatTakesOne() {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", "http://collector:4318/v1/traces"));
        create(config).close();
        assertThat(config.rejects())
                .singleElement()
                .asString()
                .endsWith("such as collector:4317; for a URL with a path use otlphttp");
    }

    @Test
    void create_withoutEndpoint_isRejected() {
        FakeConfig config = FakeConfig.empty();
        create(config).close();
        assertThat(config.rejects()).containsExactly("endpoint: is required");
    }

    @Test
    void create_halfAClientCertificate_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("endpoint", "a:1", "tls", Map.of("cert_file", "/x.pem")));
        create(config).close();
        assertThat(config.rejects()).containsExactly("tls::cert_file: needs both cert_file and key_file");
    }

    @Test
    void start_caFileMissing_saysWhich() {
        Path missing = folder.resolve("ca.pem");
        assertThatThrownBy(() -> withCa(missing).start())
                .isInstanceOf(ComponentException.class)
                .hasMessage("otlp: cannot read tls::ca_file " + missing + ": no such file");
    }

    @Test
    void start_caFileHoldsNoCertificate_isOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        assertThatThrownBy(() -> withCa(file).start())
                .isInstanceOf(ComponentException.class)
                .hasMessageStartingWith("otlp: the files of tls hold no usable certificate or key in PEM");
    }

    private Component withCa(Path file) {
        return create(FakeConfig.of(Map.of("endpoint", "a:1", "tls", Map.of("ca_file", file.toString()))));
    }
}
