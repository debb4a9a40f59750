package io.zerospan.libbpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles the C files of {@code src/test/resources/bpf} into a folder. */
record Clang(Path folder) {
    byte[] object(String source, String... options) {
        List<String> command = new ArrayList<>(List.of("clang", "-O2", "-g", "-target", "bpf", "-mcpu=v3", "-c"));
        command.add("-I/usr/include/" + machine() + "-linux-gnu");
        command.addAll(List.of(options));
        try {
            return Files.readAllBytes(compile(command, source, source + ".o"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path executable(String source) {
        return compile(new ArrayList<>(List.of("clang", "-O1", "-pthread")), source, source + ".exe");
    }

    private Path compile(List<String> command, String source, String output) {
        Path file = folder.resolve(output);
        command.addAll(List.of(resource(source).toString(), "-o", file.toString()));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("clang is needed for these tests", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources/bpf", name).toAbsolutePath();
    }

    private static String machine() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    }
}
