package io.zerospan.host.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configurations that the project shows: files, and blocks of YAML in its texts. */
final class Documents {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COUNTER = Pattern.compile("\"((?:otelcol|zerospan)_[a-z_]+)\"");

    private Documents() {}

    static Stream<Path> shipped() throws IOException {
        return Stream.concat(
                files(ROOT.resolve("config"), ".yaml"),
                files(ROOT.resolve("config").resolve("examples"), ".yaml"));
    }

    /** README.md, the guides, and the page of each plugin. */
    static Stream<Path> texts() throws IOException {
        try (Stream<Path> plugins = Files.list(ROOT.resolve("plugins"))) {
            List<Path> pages = plugins.filter(folder -> Files.exists(folder.resolve("pom.xml"))) // not left over
                    .map(folder -> folder.resolve("README.md"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
            return Stream.concat(
                    Stream.of(ROOT.resolve("README.md")),
                    Stream.concat(files(ROOT.resolve("docs"), ".md"), pages.stream()));
        }
    }

    static List<String> yamls(Path text) throws IOException {
        return YAML.matcher(Files.readString(text))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The names of all counters that the sources mention. */
    static Set<String> counters() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String folder : List.of("core", "plugins")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path source : files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> file.toString().contains("/src/main/"))
                        .toList()) {
                    COUNTER.matcher(Files.readString(source)).results().forEach(match -> names.add(match.group(1)));
                }
            }
        }
        return names;
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }
}
