package io.zerospan.host.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;

/** One class loader per plugin: the {@link HostWindow} first, then the plugin's own jars. */
final class FencedPluginLoader implements PluginLoader {
    private final PluginManager plugins;
    private final ClassLoader window;

    FencedPluginLoader(PluginManager plugins, ClassLoader host) {
        this.plugins = plugins;
        this.window = new HostWindow(host);
    }

    @Override
    public boolean isApplicable(Path plugin) {
        return true;
    }

    @Override
    public ClassLoader loadPlugin(Path plugin, PluginDescriptor descriptor) {
        PluginClassLoader loader = new PluginClassLoader(plugins, descriptor, window, ClassLoadingStrategy.APD);
        for (Path jar : jars(plugin)) {
            loader.addFile(jar.toFile());
        }
        return loader;
    }

    /** The plugin's own jar first, recognised by its name: the search for the index of extensions then ends there. */
    static List<Path> jars(Path plugin) {
        if (!Files.isDirectory(plugin)) {
            return List.of(plugin);
        }
        String own = plugin.getFileName().toString();
        try (Stream<Path> files = Files.list(plugin.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted(Comparator.<Path, Boolean>comparing(
                                    file -> !file.getFileName().toString().contains(own))
                            .thenComparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder lib/ with its jars cannot be read", e);
        }
    }
}
