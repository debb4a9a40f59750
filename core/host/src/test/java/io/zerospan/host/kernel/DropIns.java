package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What others write for Zerospan: built outside of it, by the installed headers and the published api alone. */
final class DropIns {
    private static final String RECEIVER = "receiver-till-1.0.0.jar";

    private DropIns() {}

    /** A probe that is an object file and nothing else. */
    static void addProbe(Installation zerospan, Path author) throws IOException, InterruptedException {
        Files.createDirectory(author);
        for (String file : new String[] {"checkout.bpf.c", "Makefile"}) {
            Files.copy(Distribution.example("probe").resolve(file), author.resolve(file));
        }
        Distribution.build(
                author, author.resolve("make.log"), "make", "install", "PROBE=checkout", "ZEROSPAN=" + zerospan.home());
    }

    /** A receiver in Java. */
    static void addReceiver(Installation zerospan, Path author) throws IOException, InterruptedException {
        Path example = Distribution.example("receiver-java");
        Distribution.copy(example.resolve("src"), Files.createDirectory(author).resolve("src"));
        Files.copy(example.resolve("pom.xml"), author.resolve("pom.xml"));
        PublishedApi api = PublishedApi.publish(author.resolve("repository"));
        Distribution.build(
                author,
                author.resolve("maven.log"),
                api.maven("package", "-Dmaven.test.skip=true", "-Dzerospan.home=" + zerospan.home()));
        Files.copy(
                author.resolve("target").resolve(RECEIVER),
                zerospan.home().resolve("plugins").resolve(RECEIVER));
    }
}
