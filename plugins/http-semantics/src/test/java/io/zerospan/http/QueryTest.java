package io.zerospan.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Signature",
                "X-Amz-Credential",
                "X-Amz-Security-Token",
                "AWSAccessKeyId",
                "Signature",
                "sig",
                "X-Goog-Signature"
            })
    void redact_secretOfTheConvention_hidesItsValueOnly(String key) {
        assertThat(Query.redact("a=1&" + key + "=tell&b=2")).isEqualTo("a=1&" + key + "=REDACTED&b=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "sig=a&sig=b sig=REDACTED&sig=REDACTED",
                "sig= sig=REDACTED",
                "sig=a=b sig=REDACTED",
                "sig=a&&x sig=REDACTED&&x",
                "sig=a& sig=REDACTED&",
            })
    void redact_oddPairs_keepsTheRest(String query, String redacted) {
        assertThat(Query.redact(query)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"design=1", "sig", "SIG=1", "a=sig=1", "q=x&&y=", "=sig", "&", "=", "q=%73ig"})
    void redact_noSecret_leavesTheQueryAsItIs(String query) {
        assertThat(Query.redact(query)).isEqualTo(query);
    }

    @Test
    void redact_longQueryOfAmpersands_keepsThemAll() {
        String ampersands = "&".repeat(1000);
        assertThat(Query.redact("sig=1" + ampersands)).isEqualTo("sig=REDACTED" + ampersands);
    }
}
