package io.zerospan.host.cli;

import io.zerospan.host.waterfall.Palette;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where stdout goes. */
final class Screen {
    /** Of a pipe, and of a terminal that does not say. */
    static final int USUAL_WIDTH = 80;

    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console|hvc\\d+)");
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,5})");
    private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,4}");

    private final Function<String, @Nullable String> environment;
    private final Function<String, Optional<String>> size;
    private final Optional<String> terminal;
    private volatile int width;

    /**
     * @param out what stdout is, as a path
     * @param size asks a terminal for rows and columns
     */
    Screen(Function<String, @Nullable String> environment, String out, Function<String, Optional<String>> size) {
        this.environment = environment;
        this.size = size;
        this.terminal = TERMINAL.matcher(out).matches() ? Optional.of(out) : Optional.empty();
        this.width = measure();
    }

    static Screen ofStdout(Function<String, @Nullable String> environment) {
        String out;
        try {
            out = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
        } catch (IOException closed) {
            out = "";
        }
        return new Screen(environment, out, device -> Answer.of("stty", "-F", device, "size"));
    }

    /** Measures again whenever the window has changed. */
    void follow() {
        if (terminal.isPresent()) {
            Signals.on("WINCH", () -> width = measure());
        }
    }

    int width() {
        return width;
    }

    private int measure() {
        String columns = environment.apply("COLUMNS");
        if (columns != null && COLUMNS.matcher(columns).matches()) {
            return Integer.parseInt(columns);
        }
        Matcher told = SIZE.matcher(terminal.flatMap(size).orElse(""));
        int measured = told.matches() ? Integer.parseInt(told.group(1)) : 0;
        return measured > 0 ? measured : USUAL_WIDTH;
    }

    /** No colours where nobody sees them or somebody does not want them (https://no-color.org). */
    Palette palette() {
        String unwanted = environment.apply("NO_COLOR");
        boolean wanted = unwanted == null || unwanted.isEmpty();
        return terminal.isPresent() && wanted && !"dumb".equals(environment.apply("TERM"))
                ? Palette.ANSI
                : Palette.PLAIN;
    }
}
