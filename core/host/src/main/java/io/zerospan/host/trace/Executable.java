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

    /** The file name without its folder. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Names of runtime types by their link-time address. Programs have few types of errors; the cache is bounded all the same. */
    static final class TypeNames {
        private static final int MOST = 4096;
        private static final String UNKNOWN = "_OTHER";

        private final LongFunction<String> lookUp;
        private final Map<Long, String> known = new ConcurrentHashMap<>();

        /** @param lookUp answers the empty string for what it does not know */
        TypeNames(LongFunction<String> lookUp) {
            this.lookUp = lookUp;
        }

        String name(long address) {
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
