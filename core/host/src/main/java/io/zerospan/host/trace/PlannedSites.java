package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.PlannedAttribute;
import io.zerospan.api.PlannedHook;
import io.zerospan.gobinary.ProbeSite;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfMap;
import io.zerospan.libbpf.BpfObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What stands in an object's {@code zs_plans}: at each site of a planned hook its event type, and what its planner wrote. */
final class PlannedSites {
    static final String MAP = "zs_plans";
    /** {@code struct zs_plan}. */
    private static final int HEAD_BYTES = 8;

    private final ProbePlan plan;
    private final Map<PlannedHook, EventSource> types;

    private PlannedSites(ProbePlan plan, Map<PlannedHook, EventSource> types) {
        this.plan = plan;
        this.types = types;
    }

    /** Gives each planned function an event type, and so a name, a kind and attributes of its own. */
    static PlannedSites of(ProbePlan plan, ProbeSet.Probe probe, Executable executable, EventSources sources)
            throws ComponentException {
        Map<PlannedHook, EventSource> types = new IdentityHashMap<>();
        for (ProbePlan.Placement placement : plan.placements()) {
            PlannedHook planned = placement.planned();
            if (planned != null && !types.containsKey(planned)) {
                types.put(planned, sources.add(probe, declarations(probe.declarations(), planned), executable));
            }
        }
        return new PlannedSites(plan, types);
    }

    private static ProbeDeclarations declarations(ProbeDeclarations declared, PlannedHook planned) {
        List<ProbeDeclarations.Attribute> attributes = planned.attributes().stream()
                .map(attribute ->
                        new ProbeDeclarations.Attribute(attribute.name(), type(attribute.type()), attribute.name()))
                .toList();
        return declared.of(planned.span(), planned.kind(), attributes);
    }

    private static AttributeType type(PlannedAttribute.Type type) {
        return switch (type) {
            case TEXT -> AttributeType.TEXT;
            case INT -> AttributeType.INT;
            case BOOL -> AttributeType.BOOL;
            case GO_TYPE -> AttributeType.GO_TYPE;
        };
    }

    Collection<EventSource> sources() {
        return types.values();
    }

    /** To be called when the object is loaded, before anything is attached. */
    void write(BpfObject object) throws BpfException {
        if (types.isEmpty()) {
            return;
        }
        try (BpfMap map = object.map(MAP)) {
            for (ProbePlan.Placement placement : plan.placements()) {
                PlannedHook planned = placement.planned();
                if (planned != null) {
                    write(map, placement, planned);
                }
            }
        }
    }

    private void write(BpfMap map, ProbePlan.Placement placement, PlannedHook planned) throws BpfException {
        boolean end = placement.hook().point() == ProbeDeclarations.Point.RETURN;
        byte[] rest = end ? planned.atEnd() : planned.atStart();
        if (rest.length + HEAD_BYTES != map.shape().valueSize()) {
            throw new BpfException(
                    "%s: a plan of %d bytes for a %s whose values have %d; build plugin and probe together"
                            .formatted(
                                    planned.function().symbol(),
                                    rest.length,
                                    MAP,
                                    map.shape().valueSize() - HEAD_BYTES));
        }
        byte[] value = ByteBuffer.allocate(HEAD_BYTES + rest.length)
                .order(ByteOrder.nativeOrder())
                .putInt(Objects.requireNonNull(types.get(planned)).type())
                .putInt(0)
                .put(rest)
                .array();
        for (ProbeSite site : placement.chosen()) {
            byte[] key = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(site.address())
                    .array();
            map.update(key, value);
        }
    }
}
