package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OverlayFileTest {
    @Test
    void file_ofNoOverlay_hasNothingBelow() throws Exception {
        assertThat(OverlayFile.below(LibBpf.load(), Path.of("/proc/self/stat"))).isEmpty();
    }

    @Test
    void file_thatIsNotThere_hasNothingBelow() throws Exception {
        assertThat(OverlayFile.below(LibBpf.load(), Path.of("/proc/none"))).isEmpty();
    }
}
