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
            if (old != null && old.value() instanceof Mapping below && entry.value() instanceof Mapping above) {
                entries.put(key, new Entry(entry.keyPlace(), merge(below, above)));
            } else {
                entries.put(key, entry);
            }
        });
        return new Mapping(over.place(), entries);
    }
}
