package io.zerospan.host.trace;

import static io.zerospan.host.trace.EventBuilder.anEvent;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of the traced program: any bytes, cut anywhere. */
class EventTextTest {
    /** Characters of one to four bytes, in every neighbourhood. */
    private static final String MIXED = "aéa日a😀éé日日😀😀日éa";

    private static String decoded(byte[] text, int flags) throws DecodeException {
        return anEvent()
                .attribute(EventBuilder.TEXT, AttributeType.TEXT.code(), flags, text)
                .decode()
                .getAttributes()
                .get(AttributeKey.stringKey("text"));
    }

    @Test
    void cutText_isNamed() throws DecodeException {
        var attributes = anEvent()
                .attribute(EventBuilder.TEXT, AttributeType.TEXT.code(), Wire.ATTRIBUTE_CUT, "some".getBytes(UTF_8))
                .decode()
                .getAttributes();
        assertThat(attributes.get(AttributeKey.stringArrayKey("zerospan.cut"))).containsExactly("text");
    }

    static IntStream positions() {
        return IntStream.rangeClosed(0, MIXED.getBytes(UTF_8).length);
    }

    /** The longest run of whole characters that fits. */
    private static String whole(int bytes) {
        StringBuilder whole = new StringBuilder();
        MIXED.codePoints().forEach(new java.util.function.IntConsumer() {
            private int room = bytes;

            @Override
            public void accept(int character) {
                room -= Character.toString(character).getBytes(UTF_8).length;
                if (room >= 0) {
                    whole.appendCodePoint(character);
                }
            }
        });
        return whole.toString();
    }

    @ParameterizedTest
    @MethodSource("positions")
    void cutText_endsWithItsLastWholeCharacter(int position) throws DecodeException {
        byte[] cut = Arrays.copyOf(MIXED.getBytes(UTF_8), position);
        assertThat(decoded(cut, Wire.ATTRIBUTE_CUT)).isEqualTo(whole(position));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void uncutText_keepsWhatItsEndStandsFor(int position) throws DecodeException {
        byte[] bytes = Arrays.copyOf(MIXED.getBytes(UTF_8), position);
        assertThat(decoded(bytes, 0)).isEqualTo(new String(bytes, UTF_8)).startsWith(whole(position));
    }

    @Test
    void bytesThatAreNoUtf8_areReplaced() throws DecodeException {
        byte[] bytes = {'a', (byte) 0xff, (byte) 0xc0, (byte) 0xaf, 'b'};
        assertThat(decoded(bytes, 0)).isEqualTo("a\ufffd\ufffd\ufffdb");
    }

    @Test
    void cutText_ofContinuationBytesOnly_isKeptAsReplacements() throws DecodeException {
        byte[] bytes = new byte[9];
        Arrays.fill(bytes, (byte) 0x80);
        assertThat(decoded(bytes, Wire.ATTRIBUTE_CUT)).isEqualTo("\ufffd".repeat(9));
    }

    @Test
    void controlCharacters_areKeptForTheExportersToEscape() throws DecodeException {
        assertThat(decoded("\0a\0\u001b[31m\r\n".getBytes(UTF_8), 0)).isEqualTo("\0a\0\u001b[31m\r\n");
    }

    @Test
    void emptyText_isEmpty() throws DecodeException {
        assertThat(decoded(new byte[0], 0)).isEmpty();
        assertThat(decoded(new byte[0], Wire.ATTRIBUTE_CUT)).isEmpty();
    }
}
