package io.zerospan.libbpf;

import java.util.List;

/**
 * One type of a BTF section.
 *
 * @param kind a {@code BTF_KIND_} number of the kernel's include/uapi/linux/btf.h
 * @param flag the kind flag: a signed enumeration
 * @param sizeOrType bytes, or the id of the type it refers to, as the kind has it
 * @param extra the kind's own words: an integer's encoding, an array's {type, index, count}, a tag's component
 * @param parts members, parameters or the variables of a section
 */
record BtfType(int kind, String name, boolean flag, int sizeOrType, List<Integer> extra, List<Part> parts) {
    static final int INT = 1;
    static final int PTR = 2;
    static final int ARRAY = 3;
    static final int STRUCT = 4;
    static final int UNION = 5;
    static final int ENUM = 6;
    static final int FWD = 7;
    static final int TYPEDEF = 8;
    static final int VOLATILE = 9;
    static final int CONST = 10;
    static final int RESTRICT = 11;
    static final int FUNC = 12;
    static final int FUNC_PROTO = 13;
    static final int VAR = 14;
    static final int DATASEC = 15;
    static final int FLOAT = 16;
    static final int DECL_TAG = 17;
    static final int TYPE_TAG = 18;
    static final int ENUM64 = 19;

    /** A member, parameter or section entry; offset and size are a section's, in bytes. */
    record Part(String name, int type, int offset, int size) {}

    /** True for what only decorates another type. */
    boolean isModifier() {
        return switch (kind) {
            case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
            default -> false;
        };
    }
}
