package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcValuesTest {
    private static final long START = 0x1000;

    @TempDir
    Path folder;

    @Test
    void next_table_isValuesByRange() throws Exception {
        // -1 + 1 for 10 bytes, + 8 for 20, - 8 for 1, end
        assertThat(ranges(1, 2, 10, 16, 20, 15, 1, 0)).containsExactly("0..10=0", "10..30=8", "30..31=0");
    }

    @Test
    void next_quantum_isMultiplied() throws Exception {
        assertThat(ranges(4, 2, 3, 0)).containsExactly("0..12=0");
    }

    @Test
    void next_longNumbers_areRead() throws Exception {
        assertThat(ranges(1, 0x82, 0x10, 1, 0)).containsExactly("0..1=1024");
    }

    @Test
    void next_tableBeyondItsFunction_isCut() throws Exception {
        assertThat(ranges(1, 2, 0x7f, 2, 0x7f, 0)).containsExactly("0..100=0");
    }

    @Test
    void next_stepOfNoInstruction_isRefused() {
        assertThatThrownBy(() -> ranges(1, 2, 0))
                .isInstanceOf(GoBinaryException.class)
                .hasMessageContaining("a step of no instruction");
    }

    @Test
    void next_endlessNumber_isRefused() {
        assertThatThrownBy(() -> ranges(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80))
                .isInstanceOf(GoBinaryException.class)
                .hasMessageContaining("a number that never ends");
    }

    private List<String> ranges(int quantum, int... table) throws Exception {
        List<String> ranges = new ArrayList<>();
        try (FilePages pages = new AnImage().bytes(0, table).write(folder)) {
            PcValues values = new PcValues(Image.read(pages), AnImage.ADDRESS, START, START + 100, quantum);
            while (values.next()) {
                ranges.add((values.from() - START) + ".." + (values.to() - START) + "=" + values.value());
            }
        }
        return ranges;
    }
}
