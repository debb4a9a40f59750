package io.zerospan.host.plugin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pf4j.AbstractPluginManager;
import org.pf4j.CompoundPluginDescriptorFinder;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginFactory;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.PropertiesPluginDescriptorFinder;
import org.pf4j.VersionManager;

/** pf4j with the parts that we need: no zip files, no development mode, no lists of disabled plugins. */
final class PluginShelf extends AbstractPluginManager {

    PluginShelf(Path folder) {
        super(folder);
    }

    /** Unlike {@link #loadPlugins} it throws what goes wrong instead of logging it with a stack trace. */
    PluginWrapper load(Path path) {
        return loadPluginFromPath(path);
    }

    void resolve() {
        resolvePlugins();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of(); // the folder is read entry by entry
            }

            @Override
            public boolean deletePluginPath(Path path) {
                return false; // the folder belongs to whoever installs
            }
        };
    }

    /** Folders and jars may be plugins, unless their name begins with a dot; of a zip its owner is told. */
    static boolean isCandidate(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".") && (Files.isDirectory(path) || name.endsWith(".jar") || isZip(path));
    }

    /** Nothing is unpacked: a zip may name files anywhere, and be larger than the disk. */
    static boolean isZip(Path path) {
        return path.getFileName().toString().endsWith(".zip") && !Files.isDirectory(path);
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new FencedPluginLoader(this, PluginShelf.class.getClassLoader());
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new CompoundPluginDescriptorFinder()
                .add(new PropertiesPluginDescriptorFinder())
                .add(new ManifestPluginDescriptorFinder());
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new IndexedExtensionFinder(this); // reads META-INF/extensions.idx, scans nothing
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return new DefaultPluginFactory();
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {
                throw new UnsupportedOperationException("remove the plugin's folder to disable it");
            }

            @Override
            public void enablePlugin(String pluginId) {
                // always enabled
            }
        };
    }
}
