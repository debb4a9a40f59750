package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread named "plugins": what is dropped into the plugins folder, replaced or removed there takes effect while the
 * host runs. Looks by itself, which also sees files behind links and costs a few hundred microseconds.
 */
public final class PluginWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);

    /** What has stayed the same between two looks is taken for complete. */
    private static final long INTERVAL_MILLIS = 400;

    /** Below a plugin's folder lies lib/, and in it the jars. */
    private static final int DEPTH = 2;
    /** A link to / instead of a plugin must not make each look one at the whole disk. */
    private static final int MOST_FILES = 1_000;

    private static final long STOP_MILLIS = 5_000;

    /** What makes use of plugins. */
    @FunctionalInterface
    public interface User {
        /** The components of these types are to be made anew; false if some from before stay. */
        boolean exchange(ComponentKind kind, Set<String> types, ComponentCatalog catalog);
    }

    private final PluginFolder plugins;
    private final User user;
    private final Thread thread = new Thread(this::run, "plugins");
    /** What each entry looked like when it was last read, and at the last look. */
    private final Map<Path, String> read = new HashMap<>();

    private Map<Path, String> seen = new HashMap<>();

    public PluginWatch(PluginFolder plugins, User user) {
        this.plugins = plugins;
        this.user = user;
    }

    /** From what lies there now. */
    public void start() throws ComponentException {
        try {
            read.putAll(stamps());
        } catch (IOException e) {
            throw new ComponentException("watch " + plugins.folder() + ": " + e.getMessage(), e);
        }
        seen = Map.copyOf(read);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL_MILLIS);
                try {
                    look();
                } catch (IOException | RuntimeException | Error e) {
                    LOG.warn("look into {}: {}", plugins.folder(), e.toString());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException {
        Map<Path, String> now = stamps();
        Set<Path> paths = new LinkedHashSet<>(read.keySet());
        paths.addAll(now.keySet());
        for (Path path : paths) {
            String stamp = now.get(path);
            boolean settled = Objects.equals(stamp, seen.get(path));
            if (settled && !Objects.equals(stamp, read.get(path))) {
                if (stamp == null) {
                    read.remove(path);
                } else {
                    read.put(path, stamp);
                }
                changed(path, stamp != null);
            }
        }
        seen = now;
    }

    /** What an entry and all in it looks like from outside. */
    private Map<Path, String> stamps() throws IOException {
        Map<Path, String> stamps = new HashMap<>();
        for (Path entry : plugins.entries()) {
            StringBuilder stamp = new StringBuilder();
            try (Stream<Path> files = Files.walk(entry, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : files.limit(MOST_FILES).sorted().toList()) {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    stamp.append(file)
                            .append(' ')
                            .append(attributes.fileKey())
                            .append(' ')
                            .append(attributes.size())
                            .append(' ')
                            .append(attributes.lastModifiedTime())
                            .append('\n');
                }
            } catch (IOException | UncheckedIOException e) {
                stamp.append(e); // it is just being made, or leads nowhere
            }
            stamps.put(entry, stamp.toString());
        }
        return stamps;
    }

    private void changed(Path path, boolean there) {
        PluginUnit before = plugins.used(path);
        boolean used = before != null && !before.offers().isEmpty();
        try {
            PluginUnit after = there ? plugins.look(path) : null;
            if (after != null) {
                after.broken().forEach(LOG::warn);
            }
            if (after != null && after.offers().isEmpty()) {
                if (used) {
                    LOG.warn("{} stays in use as it was before", path);
                } else {
                    plugins.use(path, after);
                }
                return;
            }
            if (after == null && before == null) {
                return;
            }
            exchange(path, before, after);
        } catch (ComponentException e) {
            LOG.warn("{}{}", e.getMessage(), used ? "; what was there before stays in use" : "");
        }
    }

    private void exchange(Path path, @Nullable PluginUnit before, @Nullable PluginUnit after)
            throws ComponentException {
        if (after != null) {
            refuseDoubles(path, after);
        }
        plugins.use(path, after);
        ComponentCatalog catalog = plugins.catalog();
        Map<ComponentKind, Set<String>> types = new EnumMap<>(ComponentKind.class);
        boolean wasUsed = add(types, before);
        add(types, after);
        if (types.isEmpty()) {
            return;
        }
        boolean[] all = {true};
        types.forEach((kind, names) -> all[0] &= user.exchange(kind, names, catalog));
        LOG.info("{}: {}", path.getFileName(), after == null ? "removed" : wasUsed ? "replaced" : "dropped in");
        if (before != null && all[0]) {
            before.unload().run();
        }
    }

    private static boolean add(Map<ComponentKind, Set<String>> types, @Nullable PluginUnit unit) {
        if (unit == null || unit.offers().isEmpty()) {
            return false;
        }
        unit.types()
                .forEach((kind, names) ->
                        types.computeIfAbsent(kind, absent -> new TreeSet<>()).addAll(names));
        return true;
    }

    /** Which of two a pipeline gets must not be chance: who came first has it. */
    private void refuseDoubles(Path path, PluginUnit after) throws ComponentException {
        for (Map.Entry<ComponentKind, Set<String>> types : after.types().entrySet()) {
            for (String type : types.getValue()) {
                Optional<String> owner = plugins.owner(path, types.getKey(), type);
                if (owner.isPresent()) {
                    after.unload().run();
                    throw new ComponentException("plugin " + path + " cannot be used: "
                            + owner.get() + " offers the " + types.getKey().word() + " type '" + type
                            + "' already; remove one of them");
                }
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
