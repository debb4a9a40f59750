package io.zerospan.libbpf;

import io.zerospan.libbpf.ffi.LibbpfFunctions;
import java.util.Optional;
import jnr.ffi.Pointer;

/** What a map looks like from outside; sizes in bytes, the entries of a ring buffer too. */
public record MapShape(String name, MapType type, int keySize, int valueSize, int maxEntries, int flags) {
    static MapShape of(LibbpfFunctions libbpf, String name, Pointer map) {
        return new MapShape(
                name,
                MapType.of(libbpf.bpf_map__type(map)),
                libbpf.bpf_map__key_size(map),
                libbpf.bpf_map__value_size(map),
                libbpf.bpf_map__max_entries(map),
                libbpf.bpf_map__map_flags(map));
    }

    /** The first thing by which programs compiled for this map would misread the other; the entries do not matter. */
    Optional<String> differenceTo(MapShape host) {
        if (type != host.type) {
            return Optional.of("is of type " + type + ", the host's is of type " + host.type);
        }
        if (keySize != host.keySize) {
            return Optional.of("has key size " + keySize + ", the host's has " + host.keySize);
        }
        if (valueSize != host.valueSize) {
            return Optional.of("has value size " + valueSize + ", the host's has " + host.valueSize);
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name + " (" + type + ", key " + keySize + ", value " + valueSize + ", entries "
                + Integer.toUnsignedString(maxEntries) + ")";
    }
}
