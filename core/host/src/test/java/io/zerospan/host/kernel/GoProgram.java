package io.zerospan.host.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs until it is closed; the test speaks with it in lines. */
final class GoProgram implements AutoCloseable {
    /** Nothing that a test waits for takes more than a few seconds; a loaded machine gets ten times that. */
    private static final long ANSWER_SECONDS = 60 + ServerRowsKernelTest.STREAM_SECONDS;

    /** Then it is killed. */
    private static final long STOP_SECONDS = 5;

    private static final String END = "\0";

    private final Process process;
    private final String name;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private GoProgram(Process process, String name) {
        this.process = process;
        this.name = name;
    }

    static GoProgram start(Path binary, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    static GoProgram start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        GoProgram program = new GoProgram(process, String.join(" ", command));
        Thread reader = new Thread(program::read, "output of pid " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return program;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // the program is gone: that is what END says
        } finally {
            lines.add(END);
        }
    }

    /** Reads the program's output up to the line that begins with {@code word}, and returns what follows the word. */
    String await(String word) throws IOException, InterruptedException {
        return await(word, new ArrayList<>());
    }

    /** The same; the lines before go to a list. */
    String await(String word, List<String> before) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        for (; ; ) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException(name + " has not printed '" + word + "' within " + ANSWER_SECONDS + " s");
            }
            if (line.equals(END)) {
                lines.add(END);
                throw new IOException(name + " ended without printing '" + word + "'");
            }
            if (line.equals(word) || line.startsWith(word + " ")) {
                return line.substring(word.length()).trim();
            }
            before.add(line);
        }
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What it reads ends here. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    int pid() {
        return (int) process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGSTOP; returns when no thread runs any more. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        Tracing.eventually().until(() -> {
            try (Stream<Path> threads = Files.list(tasks)) {
                return threads.allMatch(GoProgram::isStopped);
            }
        });
    }

    private static boolean isStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.startsWith(" T ", stat.lastIndexOf(')') + 1);
        } catch (IOException gone) {
            return true;
        }
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        if (!kill.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("SIG" + signal + " can't be sent to " + name);
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets some time pass in which the program must not end. */
    void staysFor(long millis) throws InterruptedException, IOException {
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new IOException(name + " has ended with " + process.exitValue());
        }
    }

    int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(name + " has not ended within " + ANSWER_SECONDS + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
