package io.zerospan.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.Telemetry;
import io.zerospan.host.config.TestConfig;
import io.zerospan.host.telemetry.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InstalledPluginsTest {
    @TempDir
    private Path plugins;

    @Test
    void pluginFolder_offersItsTypes() throws Exception {
        TestPlugin.named("exporter-null")
                .exporter("nothing", "return spans -> {};")
                .installAsFolder(plugins);

        ComponentCatalog catalog = InstalledPlugins.load(plugins);

        assertThat(catalog.broken()).isEmpty();
        assertThat(catalog.types(ComponentKind.EXPORTER)).containsExactly("nothing");
        assertThat(catalog.offers().get(0).plugin()).isEqualTo("exporter-null");
    }

    @Test
    void pluginJar_offersItsTypes() throws Exception {
        TestPlugin.named("exporter-null")
                .exporter("nothing", "return spans -> {};")
                .installAsJar(plugins);

        assertThat(InstalledPlugins.load(plugins).types(ComponentKind.EXPORTER)).containsExactly("nothing");
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeInPlaceOfAJar_isRefusedAndNotWaitedFor() throws Exception {
        Path lib = Files.createDirectories(plugins.resolve("piped/lib"));
        Files.writeString(plugins.resolve("piped/plugin.properties"), "plugin.id=piped\nplugin.version=1.0.0\n");
        for (Path pipe : List.of(lib.resolve("a.jar"), plugins.resolve("b.jar"))) {
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
        }

        assertThat(InstalledPlugins.load(plugins).broken())
                .containsExactly(
                        "plugin " + plugins.resolve("b.jar") + " cannot be loaded: " + plugins.resolve("b.jar")
                                + " is no file; put a jar there",
                        "plugin " + plugins.resolve("piped") + " cannot be loaded: " + lib.resolve("a.jar")
                                + " is no file; put a jar there");
    }

    @Test
    void classesOfTheHost_areInvisible() throws Exception {
        List<String> names = List.of(
                "io.zerospan.host.telemetry.Metrics",
                "io.zerospan.host.trace.TargetRule",
                "picocli.CommandLine",
                "org.snakeyaml.engine.v2.api.Load",
                "org.assertj.core.api.Assertions");
        for (String name : names) {
            assertThat(Class.forName(name).getName()).isEqualTo(name); // the host itself has it
        }

        make("for (String name : " + array(names)
                + ") { Class<?> seen = null; try { seen = Class.forName(name); } catch"
                + " (ClassNotFoundException expected) {} if (seen != null) throw new IllegalStateException(name); }");
    }

    @Test
    void classesOfTheApiAndTheJdk_areTheHosts() throws Exception {
        List<String> names = List.of(
                "io.zerospan.api.Config",
                "io.opentelemetry.api.common.Attributes",
                "io.opentelemetry.context.Context",
                "io.opentelemetry.sdk.trace.data.SpanData",
                "io.opentelemetry.sdk.trace.export.SpanExporter",
                "io.opentelemetry.sdk.common.CompletableResultCode",
                "io.opentelemetry.sdk.resources.Resource",
                "org.slf4j.LoggerFactory",
                "org.pf4j.Extension",
                "org.jspecify.annotations.Nullable",
                "java.net.http.HttpClient",
                "java.sql.Driver",
                "sun.misc.Unsafe");

        make("for (String name : " + array(names) + ") if (Class.forName(name) != Class.forName(name, false,"
                + " Config.class.getClassLoader())) throw new IllegalStateException(name);");
    }

    private static String array(List<String> names) {
        return "new String[] {\"" + String.join("\", \"", names) + "\"}";
    }

    @Test
    void resourcesOfTheHost_areInvisible() throws Exception {
        make(
                "if (getClass().getClassLoader().getResource(\"META-INF/services/org.slf4j.spi.SLF4JServiceProvider\") != null)"
                        + " throw new IllegalStateException();");
    }

    @Test
    void classThatThePluginBrings_isItsOwn() throws Exception {
        TestPlugin.named("own")
                .source(
                        "picocli.CommandLine",
                        "package picocli; public class CommandLine { public String toString() { return \"mine\"; } }")
                .exporter(
                        "own",
                        "if (!new picocli.CommandLine().toString().equals(\"mine\")) throw new Error(); return spans -> {};")
                .installAsFolder(plugins);

        create(InstalledPlugins.load(plugins), "own");
    }

    @Test
    void pluginWithoutIndex_isNamed() throws Exception {
        TestPlugin.named("forgetful")
                .withoutProcessor()
                .exporter("x", "return null;")
                .installAsFolder(plugins);

        assertThat(InstalledPlugins.load(plugins).broken())
                .containsExactly(
                        "plugin forgetful has no extensions: its jars hold no META-INF/extensions.idx; annotate its"
                                + " factory with @Extension and compile with pf4j as annotation processor");
    }

    @Test
    void pluginThatNeedsTheHostsInside_isNamedAndTheOthersWork() throws Exception {
        TestPlugin.named("curious")
                .source(
                        "com.example.Curious",
                        "package com.example; @org.pf4j.Extension public class Curious extends io.zerospan.host.Spy implements"
                                + " org.pf4j.ExtensionPoint {}")
                .source(
                        "io.zerospan.host.Spy",
                        "package io.zerospan.host; public class Spy { Object o = new"
                                + " io.zerospan.host.telemetry.Metrics(); }")
                .installAsFolder(plugins);
        TestPlugin.named("good").exporter("good", "return spans -> {};").installAsFolder(plugins);

        ComponentCatalog catalog = InstalledPlugins.load(plugins);

        assertThat(catalog.broken())
                .containsExactly(
                        "plugin curious: the extension com.example.Curious cannot be made: the class"
                                + " io.zerospan.host.telemetry.Metrics is neither in the plugin nor in what the host shows to plugins");
        assertThat(catalog.types(ComponentKind.EXPORTER)).containsExactly("good");
    }

    @Test
    void twoPluginsWithTheSameType_areBothNamed() throws Exception {
        TestPlugin.named("one").exporter("same", "return null;").installAsFolder(plugins);
        TestPlugin.named("two").exporter("same", "return null;").installAsFolder(plugins);

        assertThatThrownBy(() -> InstalledPlugins.load(plugins))
                .hasMessage(
                        "the plugins one 1.0.0 and two 1.0.0 both offer the exporter type 'same'; remove one of them");
    }

    @Test
    void folderThatIsNoPlugin_isNamed() throws Exception {
        Files.createDirectories(plugins.resolve("stray"));
        Files.writeString(plugins.resolve("broken.jar"), "no zip");

        assertThat(InstalledPlugins.load(plugins).broken())
                .hasSize(2)
                .contains("plugin " + plugins.resolve("stray") + " cannot be loaded: it has no plugin.properties")
                .contains("plugin " + plugins.resolve("broken.jar")
                        + " cannot be loaded: it is no jar, or only a part of one; copy it again");
    }

    @Test
    void jarInAFolder_thatIsNone_isNamed() throws Exception {
        TestPlugin.named("half").exporter("half", "return null;").installAsFolder(plugins);
        Path jar = plugins.resolve("half/lib/half-1.0.0.jar");
        Files.write(jar, Arrays.copyOf(Files.readAllBytes(jar), 100));

        assertThat(InstalledPlugins.load(plugins).broken())
                .containsExactly("plugin " + plugins.resolve("half") + ": " + jar
                        + " cannot be loaded: it is no jar, or only a part of one; copy it again");
    }

    @Test
    void linkToNothing_isNamed() throws Exception {
        Path link = Files.createSymbolicLink(plugins.resolve("lost.jar"), plugins.resolve("gone"));

        assertThat(InstalledPlugins.load(plugins).broken())
                .containsExactly("plugin " + link
                        + " cannot be loaded: it leads nowhere; it is a symbolic link to a file that is not there");
    }

    @Test
    void pluginWithAFileThatEverybodyMayWrite_isRefusedByRoot() throws Exception {
        TestPlugin.named("open").exporter("open", "return null;").installAsFolder(plugins);
        TestPlugin.named("good").exporter("good", "return null;").installAsFolder(plugins);
        Path jar = plugins.resolve("open/lib/open-1.0.0.jar");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));

        ComponentCatalog catalog = PluginFolder.read(
                        plugins, null, new Admission(WriteAccess.asRoot(), Checksums.ANYTHING))
                .catalog();

        assertThat(catalog.broken())
                .containsExactly("plugin " + plugins.resolve("open") + " cannot be loaded: everybody may write "
                        + jar.toRealPath() + ", and what lies there would run with root's rights; chmod o-w "
                        + jar.toRealPath());
        assertThat(catalog.types(ComponentKind.EXPORTER)).containsExactly("good");
    }

    @Test
    void extensionThatIsNoFactory_isNamed() throws Exception {
        TestPlugin.named("odd")
                .source(
                        "com.example.Odd",
                        "package com.example; @org.pf4j.Extension public class Odd implements"
                                + " org.pf4j.ExtensionPoint {}")
                .installAsFolder(plugins);

        assertThat(InstalledPlugins.load(plugins).broken())
                .containsExactly(
                        "plugin odd: the extension com.example.Odd makes no receivers, processors, exporters or extensions");
    }

    @Test
    void typeThatIsNone_isNamed() throws Exception {
        TestPlugin.named("odd")
                .source("com.example.Odd", factory("Odd", "null"))
                .source("com.example.Other", factory("Other", "\"my type\""))
                .installAsFolder(plugins);
        TestPlugin.named("good").exporter("good", "return null;").installAsFolder(plugins);

        ComponentCatalog catalog = InstalledPlugins.load(plugins);

        assertThat(catalog.broken())
                .hasSize(2)
                .allMatch(why -> why.startsWith("plugin odd: the extension com.example.O"))
                .anyMatch(why -> why.contains("Odd is refused: 'null' is no type for the YAML"))
                .anyMatch(why -> why.contains("Other is refused: 'my type' is no type for the YAML"));
        assertThat(catalog.types(ComponentKind.EXPORTER)).containsExactly("good");
    }

    private static String factory(String name, String type) {
        return "package com.example; import io.zerospan.api.*; @org.pf4j.Extension public class " + name
                + " implements ExporterFactory { public String type() { return " + type + "; } public Stability"
                + " stability() { return Stability.ALPHA; } public String description() { return \"\"; } public"
                + " Exporter create(Config config, ComponentContext context) { return null; } }";
    }

    @Test
    void memoryWithoutEnd_isNamed_andTheOthersWork() throws Exception {
        TestPlugin.named("greedy")
                .source(
                        "com.example.Greedy",
                        factory("Greedy", "\"greedy\"")
                                .replace(
                                        "{ public String type",
                                        "{ private final long[] all = new long[Integer.MAX_VALUE]; public String type"))
                .installAsFolder(plugins);
        TestPlugin.named("good").exporter("good", "return null;").installAsFolder(plugins);

        ComponentCatalog catalog = InstalledPlugins.load(plugins);

        assertThat(catalog.broken())
                .singleElement()
                .asString()
                .startsWith("plugin greedy: the extension com.example.Greedy cannot be made: ");
        assertThat(catalog.types(ComponentKind.EXPORTER)).containsExactly("good");
    }

    @Test
    void missingFolder_isOneSentence() {
        assertThatThrownBy(() -> InstalledPlugins.load(plugins.resolve("none")))
                .hasMessageEndingWith("none: there is no such folder; start by the distribution's bin/zerospan");
    }

    private void make(String body) throws Exception {
        TestPlugin.named("probe")
                .exporter(
                        "probe",
                        "try { " + body + " return spans -> {}; } catch (Exception e) { throw new"
                                + " IllegalStateException(e); }")
                .installAsFolder(plugins);
        create(InstalledPlugins.load(plugins), "probe");
    }

    private static void create(ComponentCatalog catalog, String type) {
        assertThat(catalog.broken()).isEmpty();
        ExporterFactory factory = catalog.exporter(type);
        assertThat(factory).isNotNull();
        Config config = TestConfig.of("{}").config();
        assertThat(factory.create(config, new Context(type, new Metrics()))).isNotNull();
    }

    private record Context(String id, Telemetry telemetry) implements ComponentContext {}
}
