package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-22 | EINVAL, invalid argument",
                "22 | EINVAL, invalid argument",
                "-524 | ENOTSUPP, not supported by this kernel",
                "-77 | error 77"
            })
    void text_ofEitherSign_isTheName(int errno, String text) {
        assertThat(Errno.text(errno)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-24, raise the limit of open files", "1, run as root", "-22, look"})
    void advice_isByTheErrorWhereThereIsSome(int errno, String begin) {
        assertThat(Errno.advice(errno, "look")).startsWith(begin);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "13, true", "-22, false"})
    void permission_isKnownByItsNumbers(int errno, boolean permission) {
        assertThat(Errno.isPermission(errno)).isEqualTo(permission);
    }
}
