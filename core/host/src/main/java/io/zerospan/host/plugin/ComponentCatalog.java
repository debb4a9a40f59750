package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.ReceiverFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The component types that the installed plugins offer. */
public final class ComponentCatalog {

    /**
     * One factory and where it comes from.
     *
     * @param plugin the plugin's id
     * @param version the plugin's; of an object file its checksum
     */
    public record Offer(String plugin, String version, ComponentFactory factory) {}

    private final Map<ComponentKind, Map<String, Offer>> offers = new EnumMap<>(ComponentKind.class);
    private final List<Offer> all;
    private final List<String> broken;
    private final Map<String, RefusedProbe> refused;

    /** A catalog in which no probe was refused. */
    public ComponentCatalog(List<Offer> offers, List<String> broken) throws ComponentException {
        this(offers, broken, Map.of());
    }

    /**
     * Refuses two plugins that offer the same type: which one a pipeline gets must not be chance.
     *
     * @param broken one sentence for each plugin that could not be loaded
     * @param refused stand-ins for probes that lie there and cannot be used, by type
     */
    ComponentCatalog(List<Offer> offers, List<String> broken, Map<String, RefusedProbe> refused)
            throws ComponentException {
        this.all = List.copyOf(offers);
        this.broken = List.copyOf(broken);
        this.refused = Map.copyOf(refused);
        for (ComponentKind kind : ComponentKind.values()) {
            this.offers.put(kind, new TreeMap<>());
        }
        for (Offer offer : offers) {
            List<String> names = new ArrayList<>(offer.factory().aliases());
            names.add(0, offer.factory().type());
            for (String name : names) {
                add(ComponentKind.of(offer.factory()), name, offer);
            }
        }
    }

    private void add(ComponentKind kind, String name, Offer offer) throws ComponentException {
        Offer other = offersOf(kind).put(name, offer);
        if (other != null) {
            throw new ComponentException("the plugins " + named(other) + " and " + named(offer) + " both offer the "
                    + kind.word() + " type '" + name + "'; remove one of them");
        }
    }

    /** Two versions of a plugin have one id. */
    private static String named(Offer offer) {
        return offer.plugin() + " " + offer.version();
    }

    /** A refused probe's type has a factory too, whose receivers do nothing but say why. */
    public @Nullable ReceiverFactory receiver(String type) {
        ReceiverFactory factory = (ReceiverFactory) factory(ComponentKind.RECEIVER, type);
        return factory == null ? refused.get(type) : factory;
    }

    /** Why the probe of this type cannot be used; empty if there is none or it can. */
    public Optional<String> refusal(String type) {
        return Optional.ofNullable(refused.get(type)).map(RefusedProbe::reason);
    }

    public @Nullable ProcessorFactory processor(String type) {
        return (ProcessorFactory) factory(ComponentKind.PROCESSOR, type);
    }

    public @Nullable ExporterFactory exporter(String type) {
        return (ExporterFactory) factory(ComponentKind.EXPORTER, type);
    }

    public @Nullable ExtensionFactory extension(String type) {
        return (ExtensionFactory) factory(ComponentKind.EXTENSION, type);
    }

    private @Nullable ComponentFactory factory(ComponentKind kind, String type) {
        Offer offer = offersOf(kind).get(type);
        return offer == null ? null : offer.factory();
    }

    private Map<String, Offer> offersOf(ComponentKind kind) {
        return offers.computeIfAbsent(kind, absent -> new TreeMap<>());
    }

    /** Every name under which a component of this kind may stand in the YAML. */
    public Set<String> types(ComponentKind kind) {
        return Set.copyOf(offersOf(kind).keySet());
    }

    /** Every factory once, by kind and type. */
    public List<Offer> offers() {
        return all.stream()
                .sorted(Comparator.<Offer, ComponentKind>comparing(offer -> ComponentKind.of(offer.factory()))
                        .thenComparing(offer -> offer.factory().type()))
                .toList();
    }

    /** One sentence for each plugin that is there but cannot be used. */
    public List<String> broken() {
        return broken;
    }
}
