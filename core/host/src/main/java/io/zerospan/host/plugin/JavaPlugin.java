package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.host.fence.Visit;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/**
 * Reads a plugin: a folder with {@code plugin.properties} and {@code lib/*.jar}, or one jar with pf4j's entries in its
 * manifest. Each has a shelf of its own, so that it comes and goes without the others.
 */
final class JavaPlugin {
    private static final String PROPERTIES = "plugin.properties";
    private static final String NO_JAR = " cannot be loaded: it is no jar, or only a part of one; copy it again";
    private static final String INDEX = "META-INF/extensions.idx";

    private final PluginShelf shelf;
    private final List<Offer> offers = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private JavaPlugin(PluginShelf shelf) {
        this.shelf = shelf;
    }

    /** Never throws: what a plugin does when it is made and started is done on a thread that may be left behind. */
    static PluginUnit read(Path folder, Path path, Admission admission) {
        try {
            return Visit.to(
                    "plugin " + path + " cannot be loaded",
                    Visit.START,
                    null,
                    () -> new JavaPlugin(new PluginShelf(folder)).read(path, admission, folder));
        } catch (ComponentException e) {
            return PluginUnit.broken(path, String.valueOf(e.getMessage()));
        }
    }

    private PluginUnit read(Path path, Admission admission, Path folder) {
        if (Files.isDirectory(path) && !Files.isRegularFile(path.resolve(PROPERTIES))) {
            return PluginUnit.broken(path, "plugin " + path + " cannot be loaded: it has no " + PROPERTIES);
        }
        if (PluginShelf.isZip(path)) {
            return PluginUnit.broken(
                    path,
                    "plugin " + path
                            + " cannot be loaded: a zip is not unpacked here; unpack it into a folder beside it");
        }
        try {
            admission.check(folder, path);
            checkJar(path);
            shelf.load(path);
        } catch (ZipException e) {
            return PluginUnit.broken(path, "plugin " + path + NO_JAR);
        } catch (IOException | ComponentException | RuntimeException | LinkageError e) {
            return PluginUnit.broken(path, "plugin " + path + " cannot be loaded: " + reason(e));
        }
        try {
            shelf.resolve();
        } catch (RuntimeException e) {
            broken.add("plugin " + path + " cannot be resolved: " + reason(e));
        }
        for (PluginWrapper plugin : List.copyOf(shelf.getPlugins())) {
            try {
                read(plugin);
            } catch (RuntimeException | LinkageError e) {
                broken.add("plugin " + plugin.getPluginId() + " cannot be started: " + reason(e));
            }
        }
        return new PluginUnit(path, List.copyOf(offers), List.copyOf(broken), Map.of(), shelf::unloadPlugins);
    }

    /** What pf4j says of a file that is no jar tells nobody what to do; and who opens a pipe waits for its writer. */
    private static void checkJar(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("it leads nowhere; it is a symbolic link to a file that is not there");
        }
        for (Path jar : FencedPluginLoader.jars(path)) {
            if (Files.exists(jar) && !Files.isRegularFile(jar)) {
                throw new IOException(jar + " is no file; put a jar there");
            }
        }
        if (Files.isRegularFile(path)) {
            new ZipFile(path.toFile()).close();
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
        if (extensions.isEmpty() && !damagedJar(plugin.getPluginPath())) {
            foreign(plugin);
        }
        if (extensions.isEmpty() && offers.isEmpty() && broken.isEmpty()) {
            broken.add("plugin " + id + " has no extensions: its jars hold no " + INDEX
                    + "; annotate its factory with @Extension and compile with pf4j as annotation processor");
        }
        for (String extension : extensions) {
            offer(plugin, extension);
        }
    }

    /** Looked for only where there is nothing of our own: exporters of ours hold OpenTelemetry's, with other options. */
    private void foreign(PluginWrapper plugin) {
        try {
            OpenTelemetryExporter.in(
                            plugin.getPluginClassLoader(),
                            why -> broken.add("plugin " + plugin.getPluginId() + ": " + why))
                    .forEach(factory -> offers.add(new Offer(
                            plugin.getPluginId(), plugin.getDescriptor().getVersion(), factory)));
        } catch (ServiceConfigurationError | LinkageError e) {
            broken.add("plugin " + plugin.getPluginId() + ": its span exporters cannot be found: " + reason(e));
        }
    }

    /** Java passes over a jar that it cannot read. Looked for only where something is missing: plugins have many jars. */
    private boolean damagedJar(Path plugin) {
        for (Path jar : FencedPluginLoader.jars(plugin)) {
            try {
                new ZipFile(jar.toFile()).close();
            } catch (IOException e) {
                broken.add("plugin " + plugin + ": " + jar + NO_JAR);
                return true;
            }
        }
        return false;
    }

    private void offer(PluginWrapper plugin, String extension) {
        try {
            Object instance = plugin.getPluginClassLoader()
                    .loadClass(extension)
                    .getDeclaredConstructor()
                    .newInstance();
            if (instance instanceof ComponentFactory factory) {
                String objection = FactoryCheck.objection(factory);
                if (objection.isEmpty()) {
                    offers.add(new Offer(
                            plugin.getPluginId(), plugin.getDescriptor().getVersion(), factory));
                } else {
                    broken.add("plugin " + plugin.getPluginId() + ": the extension " + extension + " is refused: "
                            + objection);
                }
            } else {
                broken.add("plugin " + plugin.getPluginId() + ": the extension " + extension
                        + " makes no receivers, processors, exporters or extensions");
            }
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
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
