package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a test program is built. What was built from the same sources is not built again.
 *
 * @param folder of the main package
 * @param version such as {@code 1.22.12}
 * @param environment of the Go command, besides the test's own
 */
public record GoBuild(Path folder, String version, List<String> flags, Map<String, String> environment) {
    /** The version that the other tests use. */
    public static final String NEWEST = "1.27.0";

    public static final String OLDEST = "1.22.12";

    /** The last whose net/http holds a copy of x/net's HTTP/2. */
    static final String COPIED_HTTP2 = "1.26.8";

    /** A download of the toolchain and a cold build of net/http take most of a minute on two cores. */
    private static final long BUILD_SECONDS = 300;

    /** Toolchains and modules are downloaded, and one download in thousands fails; a build that is wrong fails as often. */
    private static final int TRIES = 3;

    private static final Path PROGRAMS = Path.of("src", "test", "go").toAbsolutePath();
    private static final Path BUILT = Path.of("target", "go-programs").toAbsolutePath();

    GoBuild(Path folder, String version, List<String> flags) {
        this(folder, version, flags, Map.of());
    }

    /** One of the test programs, with the newest Go. */
    public static GoBuild of(String program) {
        return new GoBuild(PROGRAMS.resolve(program), NEWEST, List.of());
    }

    GoBuild with(String goVersion, String... buildFlags) {
        return new GoBuild(folder, goVersion, List.of(buildFlags), environment);
    }

    /**
     * The same bytes on every machine and in every folder: no paths, no C compiler, an instruction set of its own. Only
     * the build id tells which Go command it was.
     */
    public GoBuild reproducible(String goVersion, String architecture, String... buildFlags) {
        List<String> all = new ArrayList<>(List.of("-trimpath"));
        all.addAll(List.of(buildFlags));
        Map<String, String> fixed = Map.of(
                "CGO_ENABLED", "0", "GOARCH", architecture, "GOAMD64", "v1", "GOARM64", "v8.0", "GOEXPERIMENT", "");
        return new GoBuild(folder, goVersion, all, fixed);
    }

    /** {@code words} are a version and, if there is more, one flag: {@code 1.22.12 -ldflags=-s -w}. */
    GoBuild with(String words) {
        String[] parts = words.split(" ", 2);
        return new GoBuild(folder, parts[0], List.of(parts).subList(1, parts.length), environment);
    }

    /** Returns the executable. */
    public Path build() throws IOException, InterruptedException {
        Path binary = BUILT.resolve(digest()).resolve(folder.getFileName());
        if (Files.exists(binary)) {
            return binary;
        }
        Files.createDirectories(binary.getParent());
        Path unfinished = Files.createTempFile(binary.getParent(), "go", ".build");
        Path log = Files.createTempFile(binary.getParent(), "go", ".log");
        List<String> command = new ArrayList<>(List.of("go", "build", "-o", unfinished.toString()));
        command.addAll(flags);
        command.add(".");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GOTOOLCHAIN", "go" + version);
        builder.environment().put("GOFLAGS", "-buildvcs=false");
        builder.environment().putAll(environment);
        for (int left = TRIES; !succeeds(builder); ) {
            if (--left == 0) {
                throw new IOException("go" + version + " build " + folder + ": " + Files.readString(log));
            }
        }
        return Files.move(unfinished, binary, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean succeeds(ProcessBuilder builder) throws IOException, InterruptedException {
        Process go = builder.start();
        try {
            return go.waitFor(BUILD_SECONDS, TimeUnit.SECONDS) && go.exitValue() == 0;
        } finally {
            go.destroyForcibly();
        }
    }

    /** The executable under a name of its own, so that a test's processes are no other test's targets. */
    Path buildAs(Path copy) throws IOException, InterruptedException {
        return Files.copy(build(), copy, StandardCopyOption.REPLACE_EXISTING);
    }

    private String digest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((folder + version + flags + new TreeMap<>(environment)).getBytes(StandardCharsets.UTF_8));
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "go" + version + " " + String.join(" ", flags);
    }
}
