package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What root runs must be for root to change. Group and owner are left alone: a checkout belongs to its user, who may have
 * called sudo.
 *
 * @param root whether this process has root's rights, which others could get by writing a plugin
 */
record WriteAccess(boolean root) {
    private static final int OTHERS_WRITE = 0002;
    /** In such a folder others may make files of their own, but neither replace nor rename root's. */
    private static final int STICKY = 01000;

    private static final int ROOT = 0;

    static WriteAccess ofThisProcess() throws IOException {
        return new WriteAccess(owner(Path.of("/proc/self")) == ROOT);
    }

    /** Refuses a file that anybody may change or replace, and a folder in which that holds for anything. */
    void check(Path path) throws IOException, ComponentException {
        if (!root || !Files.exists(path)) {
            return;
        }
        Path real = path.toRealPath();
        Path parent = real.getParent();
        if (parent != null && writable(parent) && !((mode(parent) & STICKY) != 0 && owner(real) == ROOT)) {
            throw refusal(parent);
        }
        try (Stream<Path> inside = Files.walk(real)) {
            List<Path> all =
                    inside.filter(entry -> !Files.isSymbolicLink(entry)).toList();
            for (Path entry : all) {
                if (writable(entry)) {
                    throw refusal(entry);
                }
            }
        }
    }

    /** Refuses a folder into which anybody may drop something that root would run. */
    void checkFolder(Path folder) throws IOException, ComponentException {
        if (root && writable(folder.toRealPath())) {
            throw refusal(folder.toRealPath());
        }
    }

    private static ComponentException refusal(Path path) {
        return new ComponentException("everybody may write " + path
                + ", and what lies there would run with root's rights; chmod o-w " + path);
    }

    private static boolean writable(Path path) throws IOException {
        return (mode(path) & OTHERS_WRITE) != 0;
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }
}
