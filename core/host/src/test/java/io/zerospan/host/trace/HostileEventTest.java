package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Damaged records give our exception or a span that an exporter can take, never another exception. */
class HostileEventTest {
    private static final int MUTATIONS = 20_000;

    private static final byte[] VALID = EventBuilder.anEvent()
            .parent(0xa0, Wire.FLAG_REMOTE_PARENT)
            .text("/items/7?full=1")
            .number(EventBuilder.INT, 404)
            .number(EventBuilder.BOOL, 1)
            .number(EventBuilder.GO_TYPE, 0x4a0)
            .attribute(EventBuilder.INTERNAL_TEXT, AttributeType.TEXT.code(), Wire.ATTRIBUTE_CUT, new byte[] {'a', -61})
            .address(new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 443)
            .bytes();

    /** True if the record was taken. */
    private static boolean isSpan(byte[] record) {
        SpanData span;
        try {
            span = EventBuilder.decode(record);
        } catch (DecodeException e) {
            assertThat(e).hasMessageNotContaining("null");
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(HexFormat.of().formatHex(record), e);
        }
        assertThat(span.getSpanContext().isValid()).isTrue();
        assertThat(span.getEndEpochNanos()).isGreaterThanOrEqualTo(span.getStartEpochNanos());
        assertThat(span.getAttributes().asMap().keySet())
                .noneMatch(key -> key.getKey().startsWith("zs."));
        return true;
    }

    @Test
    void truncations_all_areRefused() {
        assertThat(isSpan(VALID)).isTrue();
        for (int length = 0; length < VALID.length; length++) {
            byte[] cut = Arrays.copyOf(VALID, length);
            assertThatThrownBy(() -> EventBuilder.decode(cut)).isInstanceOf(DecodeException.class);
        }
    }

    @Test
    void truncations_whoseLengthFits_areRefusedOrWhole() {
        int padding = 6; // behind the 18 bytes of the address, which comes last
        for (int length = Wire.NEWS_BYTES; length < VALID.length; length++) {
            byte[] cut = Arrays.copyOf(VALID, length);
            ByteBuffer.wrap(cut).order(ByteOrder.nativeOrder()).putInt(Wire.AT_LENGTH, length);
            assertThat(isSpan(cut)).as("%d bytes", length).isEqualTo(length >= VALID.length - padding);
        }
    }

    @Test
    void mutations_seeded_areRefusedOrWhole() {
        SplittableRandom random = new SplittableRandom(20_221_122);
        int taken = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] record = VALID.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(record.length);
                record[at] =
                        random.nextBoolean() ? (byte) random.nextInt() : (byte) (record[at] ^ 1 << random.nextInt(8));
            }
            taken += isSpan(record) ? 1 : 0;
        }
        assertThat(taken).as("of both kinds there must be many").isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
    }

    @Test
    void noise_seeded_isRefusedOrWhole() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] record = VALID.clone();
            byte[] noise = new byte[random.nextInt(record.length - Wire.EVENT_BYTES)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, record, Wire.EVENT_BYTES, noise.length);
            isSpan(record);
        }
    }
}
