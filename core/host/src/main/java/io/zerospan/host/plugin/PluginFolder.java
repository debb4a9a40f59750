package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What lies in the plugins folder, and what each entry of it offers. For one thread at a time. */
public final class PluginFolder {
    private final Path folder;
    private final @Nullable Path checksums;
    /** Those that are used, plugins before probes. */
    private final Map<Path, PluginUnit> units = new LinkedHashMap<>();

    private PluginFolder(Path folder, @Nullable Path checksums) {
        this.folder = folder;
        this.checksums = checksums;
    }

    /** @param checksums the list of what alone may be loaded; null if everything may */
    public static PluginFolder read(Path folder, @Nullable Path checksums) throws ComponentException {
        if (!Files.isDirectory(folder)) {
            throw new ComponentException("read plugins from " + folder
                    + ": there is no such folder; start by the distribution's bin/zerospan");
        }
        try {
            return read(folder, checksums, Admission.ofThisProcess(folder, checksums));
        } catch (IOException e) {
            throw new ComponentException("read plugins from " + folder + ": " + e.getMessage(), e);
        }
    }

    static PluginFolder read(Path folder, @Nullable Path checksums, Admission admission) throws IOException {
        PluginFolder plugins = new PluginFolder(folder, checksums);
        for (Path path : plugins.entries()) {
            plugins.units.put(path, plugins.unit(path, admission));
        }
        return plugins;
    }

    Path folder() {
        return folder;
    }

    /** All that may be plugins, and then all that may be probes, in a fixed order. */
    List<Path> entries() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> inside = Files.list(folder)) {
            all.addAll(inside.filter(PluginShelf::isCandidate).sorted().toList());
        }
        try (Stream<Path> inside = Files.list(folder)) {
            all.addAll(inside.filter(DroppedProbes::isProbe).sorted().toList());
        }
        return all;
    }

    private PluginUnit unit(Path path, Admission admission) {
        return DroppedProbes.isProbe(path)
                ? DroppedProbes.read(folder, path, admission, type -> owner(path, ComponentKind.RECEIVER, type))
                : JavaPlugin.read(folder, path, admission);
    }

    /** What lies there now; does not use it yet. */
    PluginUnit look(Path path) throws ComponentException {
        try {
            return unit(path, Admission.ofThisProcess(folder, checksums));
        } catch (IOException e) {
            throw new ComponentException("read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Which other entry offers a type. */
    Optional<String> owner(Path but, ComponentKind kind, String type) {
        return units.values().stream()
                .filter(unit -> !unit.path().equals(but) && unit.isOf(kind, type))
                .map(unit -> unit.offers().get(0).plugin())
                .findFirst();
    }

    @Nullable PluginUnit used(Path path) {
        return units.get(path);
    }

    /** @param unit null if it is gone */
    void use(Path path, @Nullable PluginUnit unit) {
        if (unit == null) {
            units.remove(path);
        } else {
            units.put(path, unit);
        }
    }

    /** Throws if two offer the same type. */
    public ComponentCatalog catalog() throws ComponentException {
        List<Offer> offers = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        Map<String, RefusedProbe> refused = new HashMap<>();
        for (PluginUnit unit : units.values()) {
            offers.addAll(unit.offers());
            broken.addAll(unit.broken());
            refused.putAll(unit.refused());
        }
        return new ComponentCatalog(offers, broken, refused);
    }
}
