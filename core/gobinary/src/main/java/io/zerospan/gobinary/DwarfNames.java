package io.zerospan.gobinary;

/** Go's linker escapes dots in the last element of a package's path, which everybody else writes as they are. */
final class DwarfNames {
    private static final String ESCAPED_DOT = "%2e";

    private DwarfNames() {}

    static String path(String name) {
        return name.contains(ESCAPED_DOT) ? name.replace(ESCAPED_DOT, ".") : name;
    }
}
