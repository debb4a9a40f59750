package io.zerospan.gobinary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How types lie in memory that only the debug information has, since the linker dropped their descriptors. What they are
 * made of is followed to the first type that has one. Runs in the child.
 */
final class DwarfTypes {
    /** A type without a descriptor has few parts without one; hostile ones must not fill the answer. */
    static final int MAX_TYPES = 1 << 10;

    private static final int MAX_FIELDS = 1 << 12;
    private static final int INTERFACE_WITH_METHODS_BYTES = 16;
    private static final String WITH_METHODS = "runtime.iface";

    private final Dwarf dwarf;
    private final Map<Long, TypeLayout> layouts = new LinkedHashMap<>();
    private final Deque<Long> pending = new ArrayDeque<>();
    private int fields;

    DwarfTypes(Dwarf dwarf) {
        this.dwarf = dwarf;
    }

    /**
     * What stands for the type at an offset: the value of its descriptor's attribute, or if it has none its own offset
     * with a minus, under which {@link #layouts} has it.
     */
    long id(long type) throws GoBinaryException {
        if (type == 0) return 0;
        Dwarf.Named named = dwarf.named(type);
        if (named.runtimeType() > 0) return named.runtimeType();
        if (layouts.size() + pending.size() < MAX_TYPES && !layouts.containsKey(-type)) pending.add(type);
        return -type;
    }

    /** All that was asked for, and what it is made of. */
    Collection<TypeLayout> layouts() throws GoBinaryException {
        while (!pending.isEmpty()) {
            long type = pending.remove();
            if (!layouts.containsKey(-type)) layouts.put(-type, layout(type));
        }
        return layouts.values();
    }

    private TypeLayout layout(long type) throws GoBinaryException {
        Dwarf.Named named = dwarf.named(type);
        DwarfEntry entry = dwarf.entry();
        long size = named.size();
        boolean methods = named.kind() == RuntimeType.INTERFACE
                && size == INTERFACE_WITH_METHODS_BYTES
                && entry.name().equals(WITH_METHODS);
        long behind = entry.type;
        long element = 0;
        long length = 0;
        List<TypeLayout.Field> members = List.of();
        switch (named.kind()) {
            case RuntimeType.POINTER -> element = id(behind);
            case RuntimeType.ARRAY -> {
                element = id(behind);
                length = dwarf.elements(named.at());
            }
            case RuntimeType.STRUCT -> members = members(named.at());
            default -> {} // no parts that matter
        }
        return new TypeLayout(
                named.name(),
                named.kind(),
                dwarf.bytes(size),
                TypeLayout.BY_PARTS,
                -type,
                element,
                length,
                members,
                methods);
    }

    private List<TypeLayout.Field> members(long struct) throws GoBinaryException {
        List<Dwarf.Member> found = new ArrayList<>();
        dwarf.members(struct, found::add);
        List<TypeLayout.Field> members = new ArrayList<>();
        for (Dwarf.Member member : found) {
            if (++fields > MAX_FIELDS) break; // the struct becomes one of no kind
            members.add(new TypeLayout.Field(
                    member.name(), id(member.type()), dwarf.bytes(member.offset()), member.embedded()));
        }
        return members;
    }
}
