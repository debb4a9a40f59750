package io.zerospan.processor.headercontext;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.testkit.FakeConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 00000000000000000000ffff0a000000, ffffffffffffffffffffffffff000000",
        "192.168.1.129/25, 00000000000000000000ffffc0a80181, ffffffffffffffffffffffffffffff80",
        "127.0.0.1, 00000000000000000000ffff7f000001, ffffffffffffffffffffffffffffffff",
        "0.0.0.0/0, 00000000000000000000ffff00000000, ffffffffffffffffffffffff00000000",
        "::/0, 00000000000000000000000000000000, 00000000000000000000000000000000",
        "fd00::/8, fd000000000000000000000000000000, ff000000000000000000000000000000",
        "::1, 00000000000000000000000000000001, ffffffffffffffffffffffffffffffff",
        "::ffff:10.0.0.0/104, 00000000000000000000ffff0a000000, ffffffffffffffffffffffffff000000"
    })
    void network_isAddressAndMaskOf16Bytes(String text, String address, String mask) {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
        Network.parse(text).words().forEach(bytes::putLong);
        assertThat(HexFormat.of().formatHex(bytes.array())).isEqualTo(address + mask);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0/x", "::/129", "10.0.0.256", "fe80::1%eth0", "sometimes"})
    void word_thatIsNoNetwork_isRejected(String word) {
        FakeConfig config = FakeConfig.of(Map.of("trust", List.of(word)));
        Trust.read(config);
        assertThat(config.rejects()).singleElement().asString().contains("always, never or networks");
    }

    @Test
    void never_isNoNetwork() {
        assertThat(Trust.read(FakeConfig.of(Map.of("trust", "never")))).isEqualTo(new Trust(1, List.of()));
    }

    @Test
    void always_isTheDefault() {
        assertThat(Trust.read(FakeConfig.of(Map.of("trust", "always"))))
                .isEqualTo(Trust.read(FakeConfig.empty()))
                .isEqualTo(Trust.everybody());
    }

    @Test
    void networks_areOneMoreInTheMode() {
        assertThat(Trust.read(FakeConfig.of(Map.of("trust", List.of("10.0.0.0/8", "::1"))))
                        .mode())
                .isEqualTo(3);
    }

    @Test
    void networks_noneOrTooMany_areRejected() {
        for (List<String> words : List.of(List.<String>of(), Collections.nCopies(17, "::1"))) {
            FakeConfig config = FakeConfig.of(Map.of("trust", words));
            Trust.read(config);
            assertThat(config.rejects()).singleElement().asString().contains("give 1 to 16");
        }
    }
}
