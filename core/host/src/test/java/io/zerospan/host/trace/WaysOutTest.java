package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.Propagation;
import io.zerospan.api.Propagation.Format;
import io.zerospan.libbpf.WritingFeatures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaysOutTest {
    private static final Optional<Path> CGROUPS = Optional.of(Path.of("/sys/fs/cgroup"));
    private static final WritingFeatures ALL = new WritingFeatures(true, true, true, CGROUPS);

    private static WaysOut ways(boolean memory, boolean socket, WritingFeatures machine, Format... formats) {
        return WaysOut.of(new Propagation(true, memory, socket, List.of(formats)), machine);
    }

    @Test
    void constants_nameTheFormatsInUse() {
        assertThat(ways(true, false, ALL, Format.TRACECONTEXT).constants())
                .isEqualTo(Map.of("zs_hand_over", 1L, "zs_out_formats", 1L));
        assertThat(ways(false, true, ALL, Format.B3, Format.TRACECONTEXT).constants())
                .containsEntry("zs_out_formats", 3L);
    }

    /** Then the probe does not even look at the headers. */
    @Test
    void constants_whereNothingIsWritten_nameNoFormat() {
        assertThat(ways(false, false, ALL, Format.TRACECONTEXT).constants()).containsEntry("zs_out_formats", 0L);
        assertThat(ways(true, false, WritingFeatures.NONE, Format.TRACECONTEXT).constants())
                .containsEntry("zs_out_formats", 0L);
    }

    @Test
    void constants_withoutConnection_offerNothing() {
        assertThat(WaysOut.of(new Propagation(false, false, true, List.of(Format.B3)), ALL)
                        .constants())
                .isEqualTo(Map.of("zs_hand_over", 0L, "zs_out_formats", 2L));
    }

    @Test
    void whatTheMachineRefuses_isNamedWithTheReason() {
        assertThat(ways(true, true, new WritingFeatures(false, true, true, CGROUPS), Format.B3))
                .hasToString("connection, socket; not possible here: " + WaysOut.NO_MEMORY);
        assertThat(ways(true, true, new WritingFeatures(true, false, true, CGROUPS), Format.B3))
                .hasToString("connection, memory; not possible here: " + WaysOut.NO_SOCKET);
        assertThat(ways(false, true, new WritingFeatures(true, true, false, CGROUPS), Format.B3))
                .hasToString("connection; not possible here: " + WaysOut.NO_STORAGE);
        assertThat(ways(false, true, new WritingFeatures(true, true, true, Optional.empty()), Format.B3))
                .hasToString("connection; not possible here: " + WaysOut.NO_CGROUPS);
    }

    @Test
    void laterReceiver_hasWhatIsOpen() {
        Propagation wanted = new Propagation(true, true, true, List.of(Format.B3));
        assertThat(WaysOut.among(List.of(ways(true, false, ALL, Format.B3)), wanted))
                .hasToString("connection, memory; not possible here: " + WaysOut.SOCKET_LATER);
        assertThat(WaysOut.among(List.of(), wanted).constants()).containsEntry("zs_out_formats", 0L);
    }
}
