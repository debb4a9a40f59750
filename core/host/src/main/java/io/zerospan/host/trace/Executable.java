package io.zerospan.host.trace;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * A Go program on disk, as many processes as may run it.
 *
 * @param index its place in the kernel's array of settings
 * @param path where it was first seen
 */
record Executable(int index, ExecutableId id, String path, String goVersion, TypeNames typeNames) {

    /** The same by the name under which a process runs it. */
    Executable at(String otherPath) {
        return new Executable(index, id, otherPath, goVersion, typeNames);
    }

    /** The file name without its folder. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Names of runtime types by their link-time address. Programs have few types of errors; the cache is bounded all the same. */
    static final class TypeNames {
        private static final int MOST = 4096;
        private static final String UNKNOWN = "_OTHER";

        private final LongFunction<String> names;
        private final LongFunction<String> paths;
        private final Map<Long, String> knownNames = new ConcurrentHashMap<>();
        private final Map<Long, String> knownPaths = new ConcurrentHashMap<>();

        /** @param names answers the empty string for what it does not know */
        TypeNames(LongFunction<String> names) {
            this(names, address -> "");
        }

        /** @param paths the same with the package's whole path */
        TypeNames(LongFunction<String> names, LongFunction<String> paths) {
            this.names = names;
            this.paths = paths;
        }

        String name(long address) {
            return name(address, names, knownNames);
        }

        String path(long address) {
            return name(address, paths, knownPaths);
        }

        private static String name(long address, LongFunction<String> lookUp, Map<Long, String> known) {
            String name = known.get(address);
            if (name == null) {
                name = lookUp.apply(address);
                if (name.isEmpty()) {
                    name = UNKNOWN;
                }
                if (known.size() < MOST) {
                    known.put(address, name);
                }
            }
            return name;
        }
    }
}
