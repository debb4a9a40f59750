package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of W3C's own test suite for tracestate. */
class TraceStateTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo=1|foo=1",
                "foo=1,bar=2|foo=1,bar=2",
                "foo=1,bar=2,rojo=1,congo=2,baz=3|foo=1,bar=2,rojo=1,congo=2,baz=3",
                "'foo=1 \t , \t bar=2, \t baz=3'|foo=1,bar=2,baz=3",
                "foo=1,|foo=1",
                "foo=1,,bar=2|foo=1,bar=2",
                "fw529a3039@dt=FfAAAA|fw529a3039@dt=FfAAAA",
                "a0123456789_-*/=1|a0123456789_-*/=1",
                "foo=,bar=3|''",
                "foo@=1,bar=2|''",
                "@foo=1,bar=2|''",
                "foo@@bar=1,bar=2|''",
                "foo@bar@baz=1,bar=2|''",
                "'foo =1'|''",
                "FOO=1|''",
                "foo.bar=1|''",
                "foo=bar=baz|''",
                "foo|''",
                "=1|''"
            })
    void tracestate_isTakenOrRefusedAsAWhole(String text, String taken) {
        assertThat(members(text)).isEqualTo(taken);
    }

    @Test
    void absent_isEmpty() {
        assertThat(TraceStateText.parse(null).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33})
    void members_upTo32_areTaken(int number) {
        String text = IntStream.range(0, number).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
        assertThat(members(text)).isEqualTo(number > 32 ? "" : text);
    }

    @Test
    void beyond512Bytes_wholeMembersGoFromTheEnd() {
        String first = "a=" + "x".repeat(250);
        String second = "b=" + "y".repeat(250);
        assertThat(members(first + "," + second + ",c=123456")).isEqualTo(first + "," + second);
        assertThat(members(first + "," + second + ",c=1234")).isEqualTo(first + "," + second + ",c=1234");
        assertThat(members("a=" + "x".repeat(600))).isEmpty();
    }

    private static String members(String text) {
        return TraceStateText.parse(text).asMap().entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue())
                .collect(Collectors.joining(","));
    }
}
