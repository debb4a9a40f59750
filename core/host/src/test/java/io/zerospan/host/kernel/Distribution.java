package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code script/build} puts together, in a folder of the test's own, and the command line that runs from it. */
record Distribution(Path home) {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final long BUILD_SECONDS = 600;

    /** With the headers for authors of probes, the offsets and these plugins. */
    static Distribution make(Path home, String... plugins) throws IOException {
        copy(ROOT.resolve("bpf").resolve("include"), home.resolve("include"));
        copy(ROOT.resolve("offsets-db"), home.resolve("offsets-db"));
        Files.createDirectory(home.resolve("plugins"));
        for (String plugin : plugins) {
            Path built =
                    ROOT.resolve("plugins").resolve(plugin).resolve("target").resolve("plugin");
            copy(built, home.resolve("plugins").resolve(plugin));
        }
        return new Distribution(home);
    }

    static void copy(Path folder, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(folder.relativize(file).toString()));
            }
        }
    }

    static Path example(String name) {
        return ROOT.resolve("examples").resolve(name);
    }

    Path plugins() {
        return home.resolve("plugins");
    }

    /** Runs a build tool in a folder, as the author of a plugin does. */
    static void build(Path folder, Path log, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().remove("MAVEN_ARGS"); // those of our own build
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process make = builder.start();
        if (!make.waitFor(BUILD_SECONDS, TimeUnit.SECONDS) || make.exitValue() != 0) {
            make.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
        }
    }

    private List<String> command(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dzerospan.home=" + home,
                "io.zerospan.host.Main"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** A command that runs on; what it logs goes into {@code log}. */
    Process start(Path log, Object... arguments) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** A command that ends. */
    Outcome run(Object... arguments) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), said);
    }

    record Outcome(int code, String said) {}
}
