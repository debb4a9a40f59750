package io.zerospan.host.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles a plugin, as its author would, and puts it into a plugins folder. */
public final class TestPlugin {
    private final String id;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private String processor = "org.pf4j.processor.ExtensionAnnotationProcessor";

    private TestPlugin(String id) {
        this.id = id;
    }

    public static TestPlugin named(String id) {
        return new TestPlugin(id);
    }

    /** An exporter factory in a package of its own; {@code body} is run when an exporter is made. */
    public TestPlugin exporter(String type, String body) {
        String name = "com.example." + type + ".Factory";
        return source(
                name,
                "package com.example." + type + ";\nimport io.zerospan.api.*;\n@org.pf4j.Extension\n"
                        + "public class Factory implements ExporterFactory {\n"
                        + "public String type() { return \"" + type + "\"; }\n"
                        + "public Stability stability() { return Stability.ALPHA; }\n"
                        + "public String description() { return \"An example\"; }\n"
                        + "public Exporter create(Config config, ComponentContext context) {\n" + body + "\n}\n}\n");
    }

    public TestPlugin source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** As if the author had forgotten pf4j's annotation processor. */
    public TestPlugin withoutProcessor() {
        processor = "";
        return this;
    }

    public void installAsFolder(Path plugins) throws IOException {
        Path folder = Files.createDirectories(plugins.resolve(id).resolve("lib"));
        Files.writeString(
                folder.getParent().resolve("plugin.properties"), "plugin.id=" + id + "\nplugin.version=1.0.0\n");
        jar(folder.resolve(id + "-1.0.0.jar"), new Manifest());
    }

    public void installAsJar(Path plugins) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", id);
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0.0");
        jar(Files.createDirectories(plugins).resolve(id + ".jar"), manifest);
    }

    private void jar(Path jar, Manifest manifest) throws IOException {
        Path classes = compile();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                entries.write(Files.readAllBytes(file));
                entries.closeEntry();
            }
        }
    }

    private Path compile() throws IOException {
        Path folder = Files.createTempDirectory("plugin");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        arguments.addAll(processor.isEmpty() ? List.of("-proc:none") : List.of("-processor", processor));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler.run(null, null, OutputStream.nullOutputStream(), arguments.toArray(String[]::new)) != 0) {
            throw new IllegalArgumentException("the test plugin " + id + " does not compile");
        }
        return classes;
    }
}
