package io.zerospan.gobinary;

/**
 * A function of the function table.
 *
 * @param name of a generic function with its type arguments, which several copies may share
 * @param address of its first instruction as linked
 */
public record GoSymbol(String name, long address) {
    /** Type arguments are not in the names of the function table before Go 1.21. */
    private static final String WITHOUT_ARGUMENTS = "[...]";

    /** What tells it from other functions in the debug information: its name, or its address as {@link #at} writes it. */
    String known() {
        return name.contains(WITHOUT_ARGUMENTS) ? at(address) : name;
    }

    static String at(long address) {
        return "@" + Long.toHexString(address);
    }
}
