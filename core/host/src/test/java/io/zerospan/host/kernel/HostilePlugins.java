package io.zerospan.host.kernel;

import io.zerospan.host.plugin.TestPlugin;
import java.io.IOException;
import java.nio.file.Path;

/** Plugins by people who mean harm or do not know better. */
final class HostilePlugins {
    private static final String FOREVER =
            "while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { /* never mind */ } }";

    private final Path plugins;

    HostilePlugins(Path plugins) {
        this.plugins = plugins;
    }

    /** One that does not come back from its factory's constructor. */
    void neverMade(String type) throws IOException {
        add(type, "Exporter", "Config config, ComponentContext context", "return spans -> {};", FOREVER);
    }

    /** Exporters that do {@code code} in their start. */
    void exporterThatStartsBy(String type, String code) throws IOException {
        add(
                type,
                "Exporter",
                "Config config, ComponentContext context",
                "return new Exporter() { public void start() { " + code
                        + " } public void export(java.util.List<io.opentelemetry.sdk.trace.data.SpanData> spans) {} };",
                "");
    }

    void exporterThatStartsForever(String type) throws IOException {
        exporterThatStartsBy(type, FOREVER);
    }

    void exporterThatSendsForever(String type) throws IOException {
        add(type, "Exporter", "Config config, ComponentContext context", "return spans -> { " + FOREVER + " };", "");
    }

    void processorThatWorksForever(String type) throws IOException {
        add(
                type,
                "Processor",
                "Config config, ComponentContext context, SpanConsumer next",
                "return spans -> { " + FOREVER + " };",
                "");
    }

    void processorThatThrows(String type) throws IOException {
        add(
                type,
                "Processor",
                "Config config, ComponentContext context, SpanConsumer next",
                "return spans -> { throw new StackOverflowError(\"deep\"); };",
                "");
    }

    void extensionThatThrows(String type) throws IOException {
        add(
                type,
                "Extension",
                "Config config, ComponentContext context",
                "return new HostExtension() { public void ready() { throw new LinkageError(\"no such class\"); } };",
                "");
    }

    void receiverWithout(String type, String probes) throws IOException {
        add(type, "Receiver", "Config config, ComponentContext context", "return () -> " + probes + ";", "");
    }

    /** A receiver whose shaper throws, and blocks on gifts. */
    void shaper(String type, Path object) throws IOException {
        add(type, "Receiver", "Config config, ComponentContext context", """
                return () -> {
                    try {
                        byte[] object = java.nio.file.Files.readAllBytes(java.nio.file.Path.of("%s"));
                        return java.util.List.of(new ProbeObject("%s", object, draft -> {
                            if ("gift".equals(draft.text("till.item"))) {
                                try {
                                    Thread.sleep(Long.MAX_VALUE);
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                            throw new IllegalStateException("nonsense");
                        }));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                };
                """.formatted(object, type), "");
    }

    private void add(String type, String kind, String parameters, String create, String constructor)
            throws IOException {
        String made = kind.equals("Extension") ? "HostExtension" : kind;
        TestPlugin.named(type)
                .source("com.example." + type + ".Factory", """
                        package com.example.%1$s;
                        import io.zerospan.api.*;
                        @org.pf4j.Extension
                        public class Factory implements %2$sFactory {
                            public Factory() { %6$s }
                            public String type() { return "%1$s"; }
                            public Stability stability() { return Stability.DEVELOPMENT; }
                            public String description() { return "hostile"; }
                            public %3$s create(%4$s) { %5$s }
                        }
                        """.formatted(
                                type, kind, made, parameters, create, constructor))
                .installAsJar(plugins);
    }
}
