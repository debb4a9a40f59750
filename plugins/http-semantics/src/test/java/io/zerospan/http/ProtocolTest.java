package io.zerospan.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.testkit.FakeDraft;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTest {
    @ParameterizedTest
    @CsvSource({"1, 0, 1.0", "1, 1, 1.1", "2, 0, 2", "3, 0, 3", "0, 0,", "0, 9,", "-1, 1,", "1, -1,"})
    void version_isWhatWasReadOrNothing(long major, long minor, String version) {
        FakeDraft span = new FakeDraft();
        Protocol.describe(span, major, minor);
        assertThat(span.exported().get("network.protocol.version")).isEqualTo(version);
    }
}
