package io.zerospan.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    @ParameterizedTest
    @CsvSource({
        "FRAME_SIZE_ERROR: 4740180, use otlphttp",
        "Required SETTINGS preface not received, https://",
        "Unsupported or unrecognized SSL message, write http://",
        "PKIX path building failed: sun.security.…, tls::ca_file"
    })
    void anotherProtocolThanExpected_comesWithWhatToDo(String failure, String advice) {
        assertThat(Refusal.of("x:1", new IOException(failure)))
                .hasMessageStartingWith("send to x:1: " + failure + "; ")
                .hasMessageContaining(advice);
    }

    @Test
    void failureWithoutText_isNamedByItsType() {
        class ConnectionShutdownException extends IOException {}
        assertThat(Refusal.of("x:1", new ConnectionShutdownException()))
                .hasMessageStartingWith("send to x:1: ConnectionShutdownException; is it a port for gRPC");
    }

    @Test
    void failureThatSaysEnough_isLeftAsItIs() {
        assertThat(Refusal.of("x:1", new SSLException("certificate expired")))
                .hasMessage("send to x:1: certificate expired");
    }
}
