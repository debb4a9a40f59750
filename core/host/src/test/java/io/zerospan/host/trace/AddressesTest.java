package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    /** RFC 5952, section 4, and the edges of its rules. */
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "00010000000000000000000000000000, 1::",
        "20010db8000000000000000000000001, 2001:db8::1",
        "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
        "20010000000000010000000000000001, 2001:0:0:1::1",
        "fe80000000000000a1b2c3d4e5f60708, fe80::a1b2:c3d4:e5f6:708",
        "00010002000300040005000600000000, 1:2:3:4:5:6::",
        "00000000000300040005000600070008, ::3:4:5:6:7:8",
        "00010002000300040005000600070000, 1:2:3:4:5:6:7:0",
        "00000000000000000000ffff7f000001, 127.0.0.1",
        "00000000000000000000ffffc0000201, 192.0.2.1",
        "00000000000000000000ffffffffffff, 255.255.255.255",
        "00000000000000000000ffff00000000, 0.0.0.0",
        "000000000000000000000000c0000201, ::c000:201",
        "0000000000000000ffffffff7f000001, ::ffff:ffff:7f00:1",
    })
    void text_isWhatGoPrints(String hex, String text) {
        assertThat(Addresses.text(HexFormat.of().parseHex(hex))).isEqualTo(text);
    }

    @Test
    void text_ofAnyAddress_readsBackAsTheSame() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 5_000; i++) {
            byte[] address = new byte[16];
            for (int at = 0; at < address.length; at++) {
                address[at] = random.nextInt(3) == 0 ? (byte) random.nextInt() : 0;
            }
            assertThat(InetAddress.getByName(Addresses.text(address))).isEqualTo(InetAddress.getByAddress(address));
        }
    }

    @Test
    void address_ofAnotherLength_isRefused() {
        assertThatThrownBy(() -> Addresses.text(new byte[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address of 4 bytes");
    }
}
