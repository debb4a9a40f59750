package io.zerospan.host.cli;

import io.zerospan.host.text.Printable;
import java.io.PrintStream;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line per record: {@code 2026-11-22T15:00:00.123Z INFO  message}. */
public final class StderrLog extends Handler {
    private static final Map<String, Level> LEVELS =
            Map.of("debug", Level.FINE, "info", Level.INFO, "warn", Level.WARNING, "error", Level.SEVERE);

    private final PrintStream err;
    private final Logger root;
    /** Kept, because the LogManager forgets loggers that nobody else holds, and their levels with them. */
    private final List<Logger> repeaters;

    private StderrLog(PrintStream err) {
        this.err = err;
        this.root = Logger.getLogger("");
        this.repeaters = List.of(Logger.getLogger("org.pf4j"), Logger.getLogger("io.opentelemetry.exporter"));
    }

    /** Takes the place of all other handlers. */
    public static StderrLog install(PrintStream err) {
        StderrLog log = new StderrLog(err);
        for (Handler handler : log.root.getHandlers()) {
            log.root.removeHandler(handler);
        }
        log.root.addHandler(log);
        log.level("info");
        return log;
    }

    /** {@code debug}, {@code info}, {@code warn} or {@code error}, as in {@code service.telemetry.logs.level}. */
    public void level(String name) {
        Level level = LEVELS.getOrDefault(name, Level.INFO);
        root.setLevel(level);
        // Both write at ERROR, with stack traces, what they also throw or return; the host says it once, in one line.
        Level repeated = level == Level.FINE ? level : Level.OFF;
        repeaters.forEach(logger -> logger.setLevel(repeated));
    }

    @Override
    public void publish(LogRecord logged) {
        if (!isLoggable(logged)) {
            return;
        }
        StringBuilder line = new StringBuilder(160);
        time(logged.getInstant(), line);
        line.append(' ').append(word(logged.getLevel())).append(' ').append(Printable.line(message(logged)));
        err.println(line);
    }

    private static String message(LogRecord logged) {
        String message = String.valueOf(logged.getMessage());
        if (logged.getParameters() != null && logged.getParameters().length > 0) {
            message = MessageFormat.format(message, logged.getParameters()); // OpenTelemetry's own records
        }
        Throwable thrown = logged.getThrown();
        if (thrown == null) {
            return message;
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        return message + ": " + thrown + (frames.length == 0 ? "" : " at " + frames[0]);
    }

    private static String word(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    /** By hand: the first use of DateTimeFormatter costs a good part of the start-up. */
    private static void time(Instant instant, StringBuilder out) {
        var utc = instant.atOffset(ZoneOffset.UTC);
        digits(out, utc.getYear(), 4).append('-');
        digits(out, utc.getMonthValue(), 2).append('-');
        digits(out, utc.getDayOfMonth(), 2).append('T');
        digits(out, utc.getHour(), 2).append(':');
        digits(out, utc.getMinute(), 2).append(':');
        digits(out, utc.getSecond(), 2).append('.');
        digits(out, utc.getNano() / 1_000_000, 3).append('Z');
    }

    private static StringBuilder digits(StringBuilder out, int number, int width) {
        String text = Integer.toString(number);
        return out.append("0".repeat(Math.max(0, width - text.length()))).append(text);
    }

    @Override
    public void flush() {
        err.flush();
    }

    /** Does nothing: the last words of a stopping host come from a shutdown hook. */
    @Override
    public void close() {}
}
