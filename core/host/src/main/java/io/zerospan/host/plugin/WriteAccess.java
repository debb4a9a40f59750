package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What root runs must be for root alone to change: who may change it gets root's rights. The user who has called sudo has
 * them already, so a checkout that belongs to that user is as good as root's.
 *
 * @param root whether this process has root's rights
 * @param users who may own what is run, and who may be a group that writes it
 */
record WriteAccess(boolean root, Set<Integer> users, Set<Integer> groups) {
    private static final int OTHERS_WRITE = 0002;
    private static final int GROUP_WRITES = 0020;
    /** In such a folder others may make files of their own, but neither replace nor rename root's. */
    private static final int STICKY = 01000;

    private static final int ROOT = 0;
    private static final Path SELF = Path.of("/proc/self");
    private static final String NUMBER = "\\d{1,9}";

    static WriteAccess ofThisProcess(Function<String, @Nullable String> environment) throws IOException {
        Set<Integer> users = new HashSet<>(Set.of(ROOT));
        Set<Integer> groups = new HashSet<>(Set.of(ROOT));
        number(environment.apply("SUDO_UID")).ifPresent(users::add);
        number(environment.apply("SUDO_GID")).ifPresent(groups::add);
        return new WriteAccess(owner(SELF) == ROOT, Set.copyOf(users), Set.copyOf(groups));
    }

    /** As if this process were root and its own user the only one. */
    static WriteAccess asRoot() throws IOException {
        return new WriteAccess(true, Set.of(owner(SELF)), Set.of((int) Files.getAttribute(SELF, "unix:gid")));
    }

    private static Optional<Integer> number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(digits -> digits.matches(NUMBER))
                .map(Integer::valueOf);
    }

    /** Refuses a file that others may change or replace, and a folder in which that holds for anything. */
    void check(Path path) throws IOException, ComponentException {
        if (!root || !Files.exists(path)) {
            return;
        }
        Path real = path.toRealPath();
        Path parent = real.getParent();
        if (parent != null && !((mode(parent) & STICKY) != 0 && users.contains(owner(real)))) {
            checkWriters(parent);
        }
        try (Stream<Path> inside = Files.walk(real)) {
            List<Path> all =
                    inside.filter(entry -> !Files.isSymbolicLink(entry)).toList();
            for (Path entry : all) {
                checkOwner(entry);
                checkWriters(entry);
            }
        }
    }

    /** Refuses a folder into which others may drop something that root would run, or which they may replace. */
    void checkFolder(Path folder) throws IOException, ComponentException {
        if (root) {
            Path real = folder.toRealPath();
            checkOwner(real);
            checkWriters(real);
            for (Path above = real.getParent(); above != null; above = above.getParent()) {
                if ((mode(above) & STICKY) == 0) {
                    checkWriters(above);
                }
            }
        }
    }

    private void checkOwner(Path path) throws IOException, ComponentException {
        if (!users.contains(owner(path))) {
            throw refusal(path + " belongs to user " + owner(path), "chown root " + path);
        }
    }

    private void checkWriters(Path path) throws IOException, ComponentException {
        if ((mode(path) & OTHERS_WRITE) != 0) {
            throw refusal("everybody may write " + path, "chmod o-w " + path);
        }
        int group = (int) Files.getAttribute(path, "unix:gid");
        if ((mode(path) & GROUP_WRITES) != 0 && !groups.contains(group)) {
            throw refusal("the group " + group + " may write " + path, "chmod g-w " + path);
        }
    }

    private static ComponentException refusal(String what, String advice) {
        return new ComponentException(what + ", and what lies there would run with root's rights; " + advice);
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode");
    }
}
