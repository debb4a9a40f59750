package io.zerospan.gobinary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds the Go programs of {@code src/test/resources/programs} once each, below {@code target/go-programs}. */
final class GoPrograms {
    static final String OLD = "go1.22.12";
    static final String NEW = "go1.26.8";

    private static final Path SOURCES = Path.of("src/test/resources/programs");
    private static final Path BUILT = Path.of("target/go-programs");
    /** A cold build of net/http on a slow machine, with the download of a toolchain. */
    private static final long BUILD_MINUTES = 5;

    private GoPrograms() {}

    static Path plain(String program, String release) {
        return build(program, release, "plain", Map.of());
    }

    static Path stripped(String program, String release) {
        return build(program, release, "stripped", Map.of(), "-ldflags=-s -w");
    }

    static Path trimmed(String program, String release) {
        return build(program, release, "trimmed", Map.of(), "-trimpath", "-ldflags=-s -w");
    }

    static Path pie(String program, String release) {
        return build(program, release, "pie", Map.of(), "-buildmode=pie");
    }

    static Path arm64(String program, String release) {
        return build(program, release, "arm64", Map.of("GOARCH", "arm64"));
    }

    static Path library(String program, String release) {
        return build(program, release, "library", Map.of("CGO_ENABLED", "1"), "-buildmode=c-shared");
    }

    /** Debug information as it is, so that a test can damage it. */
    static Path uncompressed(String program, String release) {
        return build(program, release, "uncompressed", Map.of(), "-ldflags=-compressdwarf=false");
    }

    private static synchronized Path build(
            String program, String release, String variant, Map<String, String> environment, String... flags) {
        Path source = SOURCES.resolve(program);
        Path target = BUILT.resolve(program + "-" + release + "-" + variant).toAbsolutePath();
        try {
            if (isFresh(target, source)) return target;
            Files.createDirectories(BUILT);
            List<String> command = new ArrayList<>(List.of("go", "build", "-buildvcs=false", "-o", target.toString()));
            command.addAll(Arrays.asList(flags));
            command.add(".");
            run(source, release, environment, command, Path.of(target + ".log"));
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFresh(Path target, Path source) throws IOException {
        if (!Files.exists(target)) return false;
        long built = Files.getLastModifiedTime(target).toMillis();
        for (String file : List.of("main.go", "go.mod")) {
            if (Files.getLastModifiedTime(source.resolve(file)).toMillis() > built) return false;
        }
        return true;
    }

    private static void run(
            Path folder, String release, Map<String, String> environment, List<String> command, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("GOTOOLCHAIN", release);
        builder.environment().put("GOWORK", "off");
        builder.environment().put("CGO_ENABLED", "0");
        builder.environment().putAll(environment);
        Path errors = Files.createTempFile("go", ".err");
        Process process = Tools.start(
                builder.redirectError(errors.toFile()).redirectOutput(output.toFile()),
                "Go 1.22 or newer as 'go' on the PATH; install it from https://go.dev/dl");
        try {
            if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) throw new IOException(command + " takes too long");
            if (process.exitValue() != 0) {
                throw new IOException(command + " with " + release + " failed: " + Files.readString(errors));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(errors);
        }
    }
}
