package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.waterfall.Palette;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
    private static Screen screen(String columns, String out, String size) {
        Map<String, String> environment = new HashMap<>();
        environment.put("COLUMNS", columns);
        return new Screen(environment::get, out, device -> Optional.ofNullable(size));
    }

    @ParameterizedTest
    @CsvSource({
        ", /dev/pts/3, 24 132, 132",
        ", /dev/tty1, 24 200, 200",
        "100, /dev/pts/3, 24 132, 100",
        "100, pipe:[1], , 100",
        ", pipe:[1], 24 132, 80",
        ", /tmp/out.txt, 24 132, 80",
        ", /dev/pts/3, 0 0, 80",
        ", /dev/pts/3, , 80",
        ", /dev/pts/3, nonsense, 80",
        "-1, /dev/pts/3, 24 132, 132",
        "0, pipe:[1], , 80",
        "99999999999, pipe:[1], , 80",
    })
    void width_isColumnsElseTheTerminalsElse80(String columns, String out, String size, int width) {
        assertThat(screen(columns, out, size).width()).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3, , xterm, ANSI",
        "/dev/pts/3, '', xterm, ANSI",
        "/dev/pts/3, 1, xterm, PLAIN",
        "/dev/pts/3, , dumb, PLAIN",
        "pipe:[1], , xterm, PLAIN",
        "/dev/null, , xterm, PLAIN",
        "'', , xterm, PLAIN",
    })
    void colours_areForTerminalsOfThoseWhoWantThem(String out, String noColor, String term, Palette palette) {
        Map<String, String> environment = new HashMap<>();
        environment.put("NO_COLOR", noColor);
        environment.put("TERM", term);
        assertThat(new Screen(environment::get, out, device -> Optional.empty()).palette())
                .isEqualTo(palette);
    }
}
