package io.zerospan.host.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server that writes a log: the test waits for what it says, and reads all of it afterwards. */
final class Daemon implements AutoCloseable {
    /** The slowest is Zipkin: 11 s on a machine with something else to do. */
    private static final Duration READY = Duration.ofSeconds(90);

    private static final long STOP_SECONDS = 40;

    private final Process process;
    private final String name;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read);

    private Daemon(Process process, String name) {
        this.process = process;
        this.name = name;
    }

    static Daemon start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Daemon daemon = new Daemon(builder.start(), command.get(0));
        daemon.reader.setDaemon(true);
        daemon.reader.start();
        return daemon;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // it is gone, and what it said is here
        }
    }

    /** Waits for a line that contains {@code text}, and returns what follows the text there. */
    String await(String text) {
        return Awaitility.await(name + " says '" + text + "'")
                .atMost(READY)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> {
                    if (!reader.isAlive() && rest(text) == null) {
                        throw new AssertionError(name + " ended and said " + log());
                    }
                })
                .until(() -> rest(text), rest -> rest != null);
    }

    private @Nullable String rest(String text) {
        for (String line : lines) {
            int at = line.indexOf(text);
            if (at >= 0) {
                return line.substring(at + text.length());
            }
        }
        return null;
    }

    /** The lines with this text, so far. */
    List<String> lines(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    String log() {
        return String.join("\n", lines);
    }

    /** Asks it to end; returns its exit code when all it said is here. */
    int stop() throws InterruptedException {
        process.toHandle().destroy(); // the process' own way closes our end of its log
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not end within " + STOP_SECONDS + " s and said " + log());
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        try {
            stop();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
