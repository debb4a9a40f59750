package io.zerospan.host;

import io.zerospan.api.ProbeObject;
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

    private static final String MACHINE = ProbeObject.architecture().equals("arm64") ? "aarch64" : "x86_64";

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
        return compile(name, ProbeObject.architecture(), object);
    }

    /** The same for a machine that need not be this one: {@code x86} or {@code arm64}. */
    public static Path compile(String name, String architecture, Path object) throws IOException, InterruptedException {
        Process clang = new ProcessBuilder(List.of(
                        "clang",
                        "-O2",
                        "-g",
                        "-Wall",
                        "-Werror",
                        "-target",
                        "bpf",
                        "-mcpu=v3",
                        "-D__TARGET_ARCH_" + architecture,
                        "-I" + HEADERS,
                        "-I/usr/include/" + MACHINE + "-linux-gnu",
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
