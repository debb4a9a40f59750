package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/**
 * Reads the plugins folder: each plugin is a folder with {@code plugin.properties} and {@code lib/*.jar}, or one jar
 * with pf4j's entries in its manifest.
 */
public final class InstalledPlugins {
    private static final String PROPERTIES = "plugin.properties";
    private static final String INDEX = "META-INF/extensions.idx";

    private final PluginShelf shelf;
    private final List<Offer> offers = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private InstalledPlugins(PluginShelf shelf) {
        this.shelf = shelf;
    }

    /** A plugin that cannot be used does not hurt the others; the catalog tells of it. */
    public static ComponentCatalog load(Path folder) throws ComponentException {
        if (!Files.isDirectory(folder)) {
            throw new ComponentException("read plugins from " + folder
                    + ": there is no such folder; start by the distribution's bin/zerospan");
        }
        InstalledPlugins plugins = new InstalledPlugins(new PluginShelf(folder));
        plugins.loadAll();
        return new ComponentCatalog(plugins.offers, plugins.broken);
    }

    private void loadAll() {
        for (Path path : shelf.candidates()) {
            if (Files.isDirectory(path) && !Files.isRegularFile(path.resolve(PROPERTIES))) {
                broken.add("plugin " + path + " cannot be loaded: it has no " + PROPERTIES);
                continue;
            }
            try {
                shelf.load(path);
            } catch (RuntimeException | LinkageError e) {
                broken.add("plugin " + path + " cannot be loaded: " + reason(e));
            }
        }
        try {
            shelf.resolve();
        } catch (RuntimeException e) {
            broken.add("plugins cannot be resolved: " + reason(e));
        }
        for (PluginWrapper plugin : List.copyOf(shelf.getPlugins())) {
            try {
                read(plugin);
            } catch (RuntimeException | LinkageError e) {
                broken.add("plugin " + plugin.getPluginId() + " cannot be started: " + reason(e));
            }
        }
    }

    private void read(PluginWrapper plugin) {
        String id = plugin.getPluginId();
        PluginState state = shelf.startPlugin(id);
        if (state != PluginState.STARTED) {
            broken.add("plugin " + id + " cannot be started: it is "
                    + state.toString().toLowerCase(Locale.ROOT) + why(plugin));
            return;
        }
        Set<String> extensions = new TreeSet<>(shelf.getExtensionClassNames(id));
        if (extensions.isEmpty()) {
            broken.add("plugin " + id + " has no extensions: its jars hold no " + INDEX
                    + "; annotate its factory with @Extension and compile with pf4j as annotation processor");
            return;
        }
        for (String extension : extensions) {
            offer(plugin, extension);
        }
    }

    private void offer(PluginWrapper plugin, String extension) {
        try {
            Object instance = plugin.getPluginClassLoader()
                    .loadClass(extension)
                    .getDeclaredConstructor()
                    .newInstance();
            if (instance instanceof ComponentFactory factory) {
                offers.add(new Offer(plugin.getPluginId(), factory));
            } else {
                broken.add("plugin " + plugin.getPluginId() + ": the extension " + extension
                        + " is no receiver, processor or exporter factory");
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            broken.add("plugin " + plugin.getPluginId() + ": the extension " + extension + " cannot be made: "
                    + reason(e));
        }
    }

    private static String why(PluginWrapper plugin) {
        Throwable failure = plugin.getFailedException();
        return failure == null ? "" : ": " + reason(failure);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return "the class " + String.valueOf(root.getMessage()).replace('/', '.')
                    + " is neither in the plugin nor in what the host shows to plugins";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
