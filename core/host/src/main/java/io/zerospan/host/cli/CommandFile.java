package io.zerospan.host.cli;

import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file that a word on the command line starts, as a shell does.
 *
 * @param found how to start it: the word itself if it names a folder, else the first match on the PATH
 * @param real the file behind all links, which the kernel will show as the process's executable
 */
record CommandFile(Path found, Path real) {

    static CommandFile find(String word, @Nullable String searchPath, Path folder) throws CommandRefusedException {
        try {
            Path found = word.indexOf('/') >= 0 ? Path.of(word) : search(word, searchPath, folder);
            check(word, folder.resolve(found));
            return new CommandFile(found, folder.resolve(found).toRealPath());
        } catch (InvalidPathException | IOException e) {
            throw new CommandRefusedException(
                    "start " + word + ": " + e.getMessage(), CommandRefusedException.NOT_FOUND);
        }
    }

    private static Path search(String word, @Nullable String searchPath, Path folder) throws CommandRefusedException {
        Path forbidden = null;
        for (String entry : searchPath == null ? new String[0] : searchPath.split(":", -1)) {
            Path candidate = folder.resolve(entry).resolve(word);
            if (Files.isRegularFile(candidate)) {
                if (Files.isExecutable(candidate)) {
                    return candidate;
                }
                forbidden = forbidden == null ? candidate : forbidden;
            }
        }
        if (forbidden != null) {
            return forbidden;
        }
        throw new CommandRefusedException(
                "start " + word + ": no such program on the PATH; name its file, such as ./" + word,
                CommandRefusedException.NOT_FOUND);
    }

    private static void check(String word, Path file) throws CommandRefusedException {
        if (!Files.exists(file)) {
            throw new CommandRefusedException("start " + word + ": no such file", CommandRefusedException.NOT_FOUND);
        }
        if (!Files.isRegularFile(file)) {
            throw refused("start " + word + ": not a file that can be executed");
        }
        if (!Files.isExecutable(file)) {
            throw refused("start " + file + ": not executable; chmod +x makes it so");
        }
    }

    /** Throws when no probe can be attached to the file before it runs. */
    void checkTraceable() throws CommandRefusedException {
        try {
            if (isScript(real)) {
                throw refused("trace " + found + ": a script; name the Go program that it starts, or attach to that one"
                        + " while it runs: zerospan trace --exe PROGRAM");
            }
            GoBinary.read(real).close();
        } catch (AccessDeniedException e) {
            throw refused("trace " + found + ": this user may not read it");
        } catch (IOException e) {
            throw refused("trace " + found + ": cannot be read: " + e.getMessage());
        } catch (GoBinaryException e) {
            throw refused("trace " + e.getMessage());
        }
    }

    private static CommandRefusedException refused(String message) {
        return new CommandRefusedException(message, CommandRefusedException.NOT_EXECUTABLE);
    }

    private static boolean isScript(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        }
    }
}
