package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The plugins folder, read once. */
public final class InstalledPlugins {
    private InstalledPlugins() {}

    /** A plugin that cannot be used does not hurt the others; the catalog tells of it. */
    public static ComponentCatalog load(Path folder) throws ComponentException {
        return load(folder, null);
    }

    /** @param checksums the list of what alone may be loaded; null if everything may */
    public static ComponentCatalog load(Path folder, @Nullable Path checksums) throws ComponentException {
        return PluginFolder.read(folder, checksums).catalog();
    }
}
