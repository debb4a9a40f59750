package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingWindowTest {
    private static final int SIZE = 4 * RingWindow.BYTES;
    private static final int OVERLAP = 64;

    private final List<String> done = new ArrayList<>();
    private final RingWindow window = new RingWindow(this::map, SIZE, OVERLAP);

    private RingWindow.Memory map(int offset, int length) {
        done.add("map " + offset / RingWindow.BYTES);
        return new RingWindow.Memory() {
            @Override
            public ByteBuffer buffer() {
                return ByteBuffer.allocate(length).putInt(0, offset);
            }

            @Override
            public void close() {
                done.add("unmap " + offset / RingWindow.BYTES);
            }
        };
    }

    @Test
    void positionsOfOnePart_areMappedOnce() throws Exception {
        assertThat(window.at(RingWindow.BYTES)).isZero();
        assertThat(window.at(2 * RingWindow.BYTES - 8)).isEqualTo(RingWindow.BYTES - 8);
        assertThat(done).containsExactly("map 1");
    }

    @Test
    void nextPart_takesThePlaceOfTheOneBefore() throws Exception {
        window.at(3 * RingWindow.BYTES);
        window.at(SIZE);
        assertThat(done).containsExactly("map 3", "unmap 3", "map 0");
        assertThat(window.data().getInt(0)).isZero();
    }

    @Test
    void positionsBeyond32Bits_areFollowed() throws Exception {
        assertThat(window.at((5L << 32) + 2 * RingWindow.BYTES + 24)).isEqualTo(24);
        assertThat(done).containsExactly("map 2");
    }

    @Test
    void part_hasRoomBehindItForARecordThatBeginsInIt() throws Exception {
        window.at(SIZE - 8);
        assertThat(window.data().capacity()).isEqualTo(RingWindow.BYTES + OVERLAP);
    }

    @Test
    void close_unmaps() throws Exception {
        window.at(0);
        window.close();
        window.close();
        assertThat(done).containsExactly("map 0", "unmap 0");
    }
}
