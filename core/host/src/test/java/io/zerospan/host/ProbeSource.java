package io.zerospan.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compiles the C files in {@code src/test/probes} as authors of probes do. */
public final class ProbeSource {
    private static final Path SOURCES = Path.of("src", "test", "probes").toAbsolutePath();
    private static final Path HEADERS =
            Path.of("..", "..", "bpf", "include").toAbsolutePath().normalize();

    private ProbeSource() {}

    public static byte[] object(String name) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("probe");
        try {
            return Files.readAllBytes(compile(name, folder.resolve(name + ".bpf.o")));
        } finally {
            Files.deleteIfExists(folder.resolve(name + ".bpf.o"));
            Files.delete(folder);
        }
    }

    /** Returns {@code object}. */
    public static Path compile(String name, Path object) throws IOException, InterruptedException {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        Process clang = new ProcessBuilder(List.of(
                        "clang",
                        "-O2",
                        "-g",
                        "-Wall",
                        "-Werror",
                        "-target",
                        "bpf",
                        "-mcpu=v3",
                        "-D__TARGET_ARCH_" + (arm ? "arm64" : "x86"),
                        "-I" + HEADERS,
                        "-I/usr/include/" + (arm ? "aarch64" : "x86_64") + "-linux-gnu",
                        "-c",
                        SOURCES.resolve(name + ".bpf.c").toString(),
                        "-o",
                        object.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(clang.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (clang.waitFor() != 0) {
            throw new IOException("clang " + name + ": " + said);
        }
        return object;
    }
}
