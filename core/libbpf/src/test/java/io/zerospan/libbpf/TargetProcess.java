package io.zerospan.libbpf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The running target.c: calls first() N times and second() 2 N times when told to. */
final class TargetProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final long[] offsets;

    private TargetProcess(Process process, BufferedReader answers, long[] offsets) {
        this.process = process;
        this.answers = answers;
        this.offsets = offsets;
    }

    static TargetProcess start(Path executable) {
        try {
            Process process = new ProcessBuilder(executable.toString()).start();
            BufferedReader answers = process.inputReader();
            String[] words = answers.readLine().split(" ", 2);
            return new TargetProcess(process, answers, new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** File offsets of first() and second(). */
    long[] offsets() {
        return offsets.clone();
    }

    int pid() {
        return (int) process.pid();
    }

    void work(int count) {
        command("m " + count);
    }

    void workInAnotherThread(int count) {
        command("t " + count);
    }

    private void command(String line) {
        try {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
            if (!"done".equals(answers.readLine())) {
                throw new IllegalStateException("the target ended at: " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
