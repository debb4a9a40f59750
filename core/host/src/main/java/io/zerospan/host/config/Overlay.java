package io.zerospan.host.config;

import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lays a later configuration over an earlier one: mappings merge, everything else is replaced. */
final class Overlay {

    private Overlay() {}

    static Mapping merge(Mapping base, Mapping over) {
        Map<String, Entry> entries = new LinkedHashMap<>(base.entries());
        over.entries().forEach((key, entry) -> {
            Entry old = entries.get(key);
            boolean both = old != null && old.value() instanceof Mapping && entry.value() instanceof Mapping;
            entries.put(
                    key,
                    both ? new Entry(entry.keyPlace(), merge((Mapping) old.value(), (Mapping) entry.value())) : entry);
        });
        return new Mapping(over.place(), entries);
    }
}
