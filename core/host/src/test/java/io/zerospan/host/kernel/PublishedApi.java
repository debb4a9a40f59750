package io.zerospan.host.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Maven repository with what we publish for authors of plugins, as it was just built, before the repository that this
 * build has filled: so a plugin is built against today's api, without the network and without installing anything.
 */
record PublishedApi(Path repository, String version) {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    static PublishedApi publish(Path repository) throws IOException {
        Path jar = jar("api");
        String name = jar.getFileName().toString();
        String version = name.substring("zerospan-api-".length(), name.length() - ".jar".length());
        PublishedApi published = new PublishedApi(repository, version);
        published.add("parent", "pom", ROOT.resolve("pom.xml"));
        for (String module : List.of("api", "testkit")) {
            published.add(module, "jar", jar(module));
            published.add(module, "pom", ROOT.resolve("core").resolve(module).resolve("pom.xml"));
        }
        return published;
    }

    private static Path jar(String module) throws IOException {
        Path target = ROOT.resolve("core").resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("zerospan-" + module + "-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no jar in " + target + ": run ./mvnw package first"));
        }
    }

    private void add(String module, String type, Path file) throws IOException {
        Path folder = repository.resolve("io/zerospan/zerospan-" + module).resolve(version);
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve("zerospan-" + module + "-" + version + "." + type));
    }

    /** Maven on a project of an author's. */
    String[] maven(String... arguments) {
        Stream<String> command = Stream.of(
                ROOT.resolve("mvnw").toString(),
                "-B",
                "-Daether.connector.http.retryHandler.count=5",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + filled(),
                "-Dzerospan.version=" + version);
        return Stream.concat(command, Arrays.stream(arguments)).toArray(String[]::new);
    }

    /** The repository from which this test's own libraries come. */
    private static Path filled() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.toString().contains("/org/pf4j/pf4j/"))
                .map(jar -> jar.resolve("../../../../..").normalize())
                .findFirst()
                .orElseThrow();
    }
}
