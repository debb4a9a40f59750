package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/**
 * Reads the plugins folder: each plugin is a folder with {@code plugin.properties} and {@code lib/*.jar}, one jar with
 * pf4j's entries in its manifest, or one object file, see {@link DroppedProbes}.
 */
public final class InstalledPlugins {
    private static final String PROPERTIES = "plugin.properties";
    private static final String NO_JAR = " cannot be loaded: it is no jar, or only a part of one; copy it again";
    private static final String INDEX = "META-INF/extensions.idx";

    private final PluginShelf shelf;
    private final Path folder;
    private final Admission admission;
    private final List<Offer> offers = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private InstalledPlugins(Path folder, Admission admission) {
        this.shelf = new PluginShelf(folder);
        this.folder = folder;
        this.admission = admission;
    }

    /** A plugin that cannot be used does not hurt the others; the catalog tells of it. */
    public static ComponentCatalog load(Path folder) throws ComponentException {
        return load(folder, null);
    }

    /** @param checksums the list of what alone may be loaded; null if everything may */
    public static ComponentCatalog load(Path folder, @Nullable Path checksums) throws ComponentException {
        if (!Files.isDirectory(folder)) {
            throw new ComponentException("read plugins from " + folder
                    + ": there is no such folder; start by the distribution's bin/zerospan");
        }
        try {
            return admitted(folder, Admission.ofThisProcess(folder, checksums));
        } catch (IOException e) {
            throw new ComponentException("read plugins from " + folder + ": " + e.getMessage(), e);
        }
    }

    static ComponentCatalog admitted(Path folder, Admission admission) throws ComponentException, IOException {
        InstalledPlugins plugins = new InstalledPlugins(folder, admission);
        plugins.loadAll();
        DroppedProbes probes = new DroppedProbes(folder, admission);
        probes.read(plugins.receivers());
        List<Offer> offers = new ArrayList<>(plugins.offers);
        offers.addAll(probes.offers());
        plugins.broken.addAll(probes.broken());
        return new ComponentCatalog(offers, plugins.broken, probes.refused());
    }

    /** Which plugin offers each type of receiver. */
    private Map<String, String> receivers() {
        Map<String, String> receivers = new HashMap<>();
        for (Offer offer : offers) {
            if (ComponentKind.of(offer.factory()) == ComponentKind.RECEIVER) {
                receivers.put(offer.factory().type(), offer.plugin());
                offer.factory().aliases().forEach(alias -> receivers.put(alias, offer.plugin()));
            }
        }
        return receivers;
    }

    private void loadAll() {
        for (Path path : shelf.candidates()) {
            if (Files.isDirectory(path) && !Files.isRegularFile(path.resolve(PROPERTIES))) {
                broken.add("plugin " + path + " cannot be loaded: it has no " + PROPERTIES);
                continue;
            }
            try {
                admission.check(folder, path);
                checkJar(path);
                shelf.load(path);
            } catch (ZipException e) {
                broken.add("plugin " + path + NO_JAR);
            } catch (IOException | ComponentException | RuntimeException | LinkageError e) {
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
            broken.add("plugin " + id + " has no extensions: its jars hold no " + INDEX
                    + "; annotate its factory with @Extension and compile with pf4j as annotation processor");
        }
        for (String extension : extensions) {
            offer(plugin, extension);
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
