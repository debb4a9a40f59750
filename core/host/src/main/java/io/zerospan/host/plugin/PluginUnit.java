package io.zerospan.host.plugin;

import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One entry of the plugins folder as it was read.
 *
 * @param broken one sentence for each thing that cannot be used
 * @param refused stand-ins for probes that cannot be used, by type
 * @param unload lets its classes go, when none of its components runs any more
 */
record PluginUnit(
        Path path, List<Offer> offers, List<String> broken, Map<String, RefusedProbe> refused, Runnable unload) {

    static PluginUnit broken(Path path, String why) {
        return new PluginUnit(path, List.of(), List.of(why), Map.of(), () -> {});
    }

    boolean isOf(ComponentKind kind, String type) {
        return types().getOrDefault(kind, Set.of()).contains(type);
    }

    /** All names under which its components may stand in the YAML. */
    Map<ComponentKind, Set<String>> types() {
        Map<ComponentKind, Set<String>> types = new EnumMap<>(ComponentKind.class);
        for (Offer offer : offers) {
            Set<String> names = types.computeIfAbsent(ComponentKind.of(offer.factory()), absent -> new TreeSet<>());
            names.add(offer.factory().type());
            names.addAll(offer.factory().aliases());
        }
        return types;
    }
}
