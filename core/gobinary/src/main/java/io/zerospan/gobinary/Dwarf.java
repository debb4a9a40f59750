package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Structs and functions in the debug information of a Go program. Runs in the child, see {@link DwarfChild}. */
final class Dwarf {
    /** A program has a unit for each package; the largest known have 5,000. */
    private static final int MAX_UNITS = 1 << 18;
    /** Names for names for a struct: Go has one. */
    private static final int MAX_TYPEDEFS = 8;
    /** No function has more; hostile ones must not fill the answer. */
    private static final int MAX_PARAMETERS = 256;

    private final DwarfBytes info;
    private final DwarfEntry entry;
    private final List<DwarfUnit> units = new ArrayList<>();
    private final Map<String, Long> structs = new HashMap<>();
    private final Map<String, Long> functions = new HashMap<>();
    private final DwarfTypes types = new DwarfTypes(this);

    private Dwarf(DwarfSections sections, DwarfBytes info) throws GoBinaryException {
        this.info = info;
        this.entry = new DwarfEntry(sections, info);
    }

    static Dwarf read(FilePages pages) throws GoBinaryException {
        DwarfSections sections = DwarfSections.read(pages);
        if (!sections.has(".debug_info")) throw pages.failure("no debug information");
        DwarfBytes abbreviations = sections.bytes(".debug_abbrev");
        Dwarf dwarf = new Dwarf(sections, sections.bytes(".debug_info"));
        dwarf.readUnits(abbreviations);
        return dwarf;
    }

    private void readUnits(DwarfBytes abbreviations) throws GoBinaryException {
        Map<Long, DwarfAbbreviations> tables = new HashMap<>();
        for (long at = 0; at < info.size(); ) {
            if (units.size() == MAX_UNITS) throw info.failure("more than " + MAX_UNITS + " units", at);
            DwarfUnit unit = DwarfUnit.read(info, at, offset -> {
                DwarfAbbreviations known = tables.get(offset);
                if (known != null) return known;
                DwarfAbbreviations table = DwarfAbbreviations.read(abbreviations, offset);
                tables.put(offset, table);
                return table;
            });
            units.add(unit);
            at = unit.end();
        }
    }

    /** Notes where the entries of these names are; ends when it has all. */
    void find(Set<String> structNames, Set<String> functionNames) throws GoBinaryException {
        int wanted = structNames.size() + functionNames.size();
        for (DwarfUnit unit : units) {
            int depth = 0;
            for (long at = unit.entries(); at < unit.end(); at = entry.next) {
                if (structs.size() + functions.size() == wanted) return;
                entry.read(unit, at);
                if (depth == 1 && isType(entry.tag)) {
                    note(structs, structNames, at);
                } else if (depth == 1 && entry.tag == DwarfEntry.SUBPROGRAM) {
                    note(functions, functionNames, at);
                    String place = GoSymbol.at(entry.address);
                    if (functionNames.contains(place)) functions.putIfAbsent(place, at);
                }
                if (entry.tag == 0) depth--;
                else if (entry.children) depth++;
                if (depth <= 0) break; // the unit's own entry has ended; what follows is padding
            }
        }
    }

    private static boolean isType(int tag) {
        return tag == DwarfEntry.STRUCTURE || tag == DwarfEntry.TYPEDEF || tag == DwarfEntry.BASE;
    }

    private void note(Map<String, Long> found, Set<String> wanted, long at) throws GoBinaryException {
        String name = DwarfNames.path(entry.name());
        if (wanted.contains(name)) found.putIfAbsent(name, at);
    }

    boolean hasStruct(String struct) {
        return structs.containsKey(struct);
    }

    /** The offset of a field on a dotted way through structs held by value, or −1. */
    long offset(String struct, String path) throws GoBinaryException {
        long at = structs.getOrDefault(struct, 0L);
        long offset = 0;
        for (String name : path.split("\\.", -1)) {
            Member member = at == 0 ? null : member(named(at).at(), name);
            if (member == null || member.offset() < 0) return -1;
            offset += member.offset();
            if (offset < 0 || offset > Integer.MAX_VALUE) return -1; // no real struct
            at = member.type();
        }
        return offset;
    }

    /** A field of a struct; {@code type} is an offset. */
    record Member(String name, long type, long offset, boolean embedded) {}

    /** Sees the fields of a struct; ends when it has seen enough. */
    interface Members {
        boolean more(Member member) throws GoBinaryException;
    }

    /** Moves through the members of the struct at an offset; none if there is no struct. */
    void members(long struct, Members sink) throws GoBinaryException {
        DwarfUnit unit = unit(struct);
        entry.read(unit, struct);
        if (entry.tag != DwarfEntry.STRUCTURE || !entry.children) return;
        int depth = 1;
        for (long at = entry.next; at < unit.end(); ) {
            entry.read(unit, at);
            at = entry.next;
            boolean member = depth == 1 && entry.tag == DwarfEntry.MEMBER;
            if (entry.tag == 0 && --depth == 0) return;
            if (entry.children) depth++;
            if (member && !sink.more(new Member(entry.name(), entry.type, entry.location, entry.embedded))) return;
        }
    }

    private @Nullable Member member(long struct, String name) throws GoBinaryException {
        List<Member> found = new ArrayList<>();
        members(struct, member -> !(member.name().equals(name) && found.add(member)));
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * A type behind all its names.
     *
     * @param at the offset of what is named
     * @param runtimeType as the attribute of Go says it, or 0
     */
    record Named(String name, long at, int kind, long size, long runtimeType) {}

    /** Follows the names of a type to the type; the entry is then that of the type. */
    Named named(long type) throws GoBinaryException {
        entry.read(unit(type), type);
        String name = DwarfNames.path(entry.name());
        int kind = entry.kind;
        long runtimeType = entry.runtimeType;
        long at = type;
        // an interface is a name for a name for the runtime's struct, which is another type
        for (int i = 0; entry.tag == DwarfEntry.TYPEDEF && entry.type != 0; i++) {
            if (i == MAX_TYPEDEFS) throw info.failure("more than " + MAX_TYPEDEFS + " names for a type", type);
            at = entry.type;
            entry.read(unit(at), at);
            if (kind == 0) {
                kind = entry.kind;
                runtimeType = entry.runtimeType;
            }
        }
        long size = entry.tag == DwarfEntry.POINTER ? Long.BYTES : entry.size;
        return new Named(name, at, kind, size, runtimeType);
    }

    /** Of the array at an offset: its range is its only child. */
    long elements(long array) throws GoBinaryException {
        DwarfUnit unit = unit(array);
        entry.read(unit, array);
        if (!entry.children || entry.next >= unit.end()) return -1;
        entry.read(unit, entry.next);
        return entry.count;
    }

    DwarfEntry entry() {
        return entry;
    }

    /** As a number of bytes; no real type comes near the limit. */
    int bytes(long value) {
        return (int) Math.max(-1, Math.min(value, Integer.MAX_VALUE));
    }

    /** The types of what {@link #parameters} and {@link #type} gave. */
    Collection<TypeLayout> layouts() throws GoBinaryException {
        return types.layouts();
    }

    /** Stands for the type of a name, as {@link DwarfTypes#id} does; 0 if there is none. */
    long type(String name) throws GoBinaryException {
        return types.id(structs.getOrDefault(name, 0L));
    }

    /** The parameters of a function as its source has them, results behind them; empty if it is not known. */
    List<GoParameter> parameters(String function) throws GoBinaryException {
        List<GoParameter> parameters = new ArrayList<>();
        long start = functions.getOrDefault(function, 0L);
        if (start == 0) return parameters;
        DwarfUnit unit = unit(start);
        entry.read(unit, start);
        if (!entry.children) return parameters;
        int depth = 1;
        for (long at = entry.next; at < unit.end() && depth > 0; ) {
            entry.read(unit, at);
            at = entry.next;
            boolean wanted = depth == 1 && entry.tag == DwarfEntry.PARAMETER && entry.type != 0;
            if (entry.tag == 0) depth--;
            else if (entry.children) depth++;
            if (!wanted || parameters.size() == MAX_PARAMETERS) continue;
            GoParameter parameter = parameter();
            if (!parameters.contains(parameter)) parameters.add(parameter); // Go lists a result without a name twice
        }
        return parameters;
    }

    private GoParameter parameter() throws GoBinaryException {
        String name = entry.name();
        boolean result = entry.variable;
        long type = entry.type;
        Named named = named(type);
        return new GoParameter(name, result, named.name(), named.kind(), bytes(named.size()), types.id(type));
    }

    private DwarfUnit unit(long offset) throws GoBinaryException {
        int low = 0;
        int high = units.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            DwarfUnit unit = units.get(middle);
            if (offset < unit.entries()) high = middle - 1;
            else if (offset >= unit.end()) low = middle + 1;
            else return unit;
        }
        throw info.failure("a reference to what is no entry", offset);
    }
}
