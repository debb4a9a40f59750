package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder seen through an overlay mount, as containers see their image. */
record Overlay(Path folder) implements AutoCloseable {
    private static final long SECONDS = 60;

    static Overlay of(Path lower, Path mount) throws IOException, InterruptedException {
        Files.createDirectory(mount);
        Path empty = Files.createDirectories(lower.resolveSibling("empty")); // without a place to write it takes two
        run("mount", "-t", "overlay", "overlay", "-o", "lowerdir=" + lower + ":" + empty, mount.toString());
        return new Overlay(mount);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException(String.join(" ", List.of(command)) + ": " + said);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }
}
