package io.zerospan.libbpf;

/** The kinds of maps that are created or read here, with the kernel's numbers (enum bpf_map_type). */
public enum MapType {
    HASH(1),
    ARRAY(2),
    PERCPU_HASH(5),
    PERCPU_ARRAY(6),
    LRU_HASH(9),
    RINGBUF(27),
    /** Any other; it can be looked at, not created. */
    OTHER(-1);

    private final int number;

    MapType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean perCpu() {
        return this == PERCPU_ARRAY || this == PERCPU_HASH;
    }

    static MapType of(int number) {
        for (MapType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return OTHER;
    }
}
