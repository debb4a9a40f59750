package io.zerospan.host.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program behind {@code --}: it has the terminal and the user's rights, and its exit code becomes ours. */
final class TracedCommand {
    private final List<String> words;
    private final Optional<SudoUser> user;
    private volatile @Nullable Process process;

    TracedCommand(CommandFile file, List<String> words, Optional<SudoUser> user) {
        this.words = new ArrayList<>(words);
        this.words.set(0, file.found().toString());
        this.user = user;
    }

    /** Returns the process id, which stays the same when the user is changed. */
    long start() throws CommandRefusedException {
        List<String> command = user.map(who -> who.around(words)).orElse(words);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        user.ifPresent(who -> who.adapt(builder.environment()));
        try {
            Process started = builder.start();
            process = started;
            return started.pid();
        } catch (IOException e) {
            String hint = user.isPresent() ? "; setpriv, which changes the user, is part of util-linux" : "";
            throw new CommandRefusedException(
                    "start " + words.get(0) + ": " + e.getMessage() + hint, CommandRefusedException.NOT_EXECUTABLE);
        }
    }

    /**
     * Leaves the end to the program: the terminal sends Ctrl-C to it as well, and what asks us to end is handed on.
     * Call it before the start.
     */
    void takeSignals() {
        Signals.on("INT", () -> {});
        Signals.on("TERM", this::end);
        Signals.on("HUP", this::end);
    }

    private void end() {
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }

    /** Waits for its end; 128 and the number of the signal where one ended it. */
    int await() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        try {
            return running.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Cli.FAILED;
        }
    }
}
