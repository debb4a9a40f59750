package io.zerospan.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionTest {
    /** All lengths with a code of their own, their neighbours, and those that take several codes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 7, 24, 25, 257, 394, 1024, 8192, 24_577, 32_768})
    void repetition_ofAnyLength_isReadByZlib(int distance) throws Exception {
        for (int length = 3; length < 1100; length++) {
            byte[] before = new byte[distance];
            new Random(distance).nextBytes(before);
            byte[] expected = Arrays.copyOf(before, distance + length);
            for (int i = distance; i < expected.length; i++) {
                expected[i] = expected[i - distance];
            }
            assertThat(inflated(before, Repetition.of(length, distance)))
                    .as("length %d", length)
                    .isEqualTo(expected);
        }
    }

    @Test
    void repetition_ofWhatTheFormatHasNoWordsFor_isNone() {
        assertThat(Repetition.of(2, 100)).isEmpty();
        assertThat(Repetition.of(100, Repetition.FARTHEST + 1)).isEmpty();
    }

    private static byte[] inflated(byte[] before, byte[] repetition) throws Exception {
        Bytes stream = new Bytes();
        stream.write(0);
        stream.littleEndian(before.length, 2);
        stream.littleEndian(~before.length, 2);
        stream.write(before);
        stream.write(0);
        stream.littleEndian(0, 2);
        stream.littleEndian(~0, 2);
        stream.write(repetition);
        stream.littleEndian(0, 2);
        stream.littleEndian(~0, 2);
        stream.write(new byte[] {1, 0, 0, -1, -1});
        try (var in = new InflaterInputStream(new ByteArrayInputStream(stream.copy()), new Inflater(true))) {
            return in.readAllBytes();
        }
    }
}
