package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                if (depth == 1 && entry.tag == DwarfEntry.STRUCTURE && entry.children) {
                    note(structs, structNames, at);
                } else if (depth == 1 && entry.tag == DwarfEntry.SUBPROGRAM) {
                    note(functions, functionNames, at);
                }
                if (entry.tag == 0) depth--;
                else if (entry.children) depth++;
                if (depth <= 0) break; // the unit's own entry has ended; what follows is padding
            }
        }
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
            if (at == 0 || !member(resolve(at), name) || entry.location < 0) return -1;
            offset += entry.location;
            if (offset < 0 || offset > Integer.MAX_VALUE) return -1; // no real struct
            at = entry.type;
        }
        return offset;
    }

    /** Follows names of a type to the type; the entry is then that of the type. */
    private long resolve(long type) throws GoBinaryException {
        long at = type;
        for (int i = 0; i < MAX_TYPEDEFS; i++) {
            entry.read(unit(at), at);
            if (entry.tag != DwarfEntry.TYPEDEF || entry.type == 0) return at;
            at = entry.type;
        }
        throw info.failure("more than " + MAX_TYPEDEFS + " names for a type", type);
    }

    /** Moves to the member of the struct that the entry is at; false if it has none of this name. */
    private boolean member(long struct, String name) throws GoBinaryException {
        if (entry.tag != DwarfEntry.STRUCTURE || !entry.children) return false;
        DwarfUnit unit = unit(struct);
        int depth = 1;
        for (long at = entry.next; at < unit.end(); at = entry.next) {
            entry.read(unit, at);
            if (entry.tag == 0 && --depth == 0) return false;
            if (depth == 1 && entry.tag == DwarfEntry.MEMBER && entry.name().equals(name)) return true;
            if (entry.children) depth++;
        }
        return false;
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
        entry.read(unit(type), type);
        String typeName = DwarfNames.path(entry.name());
        int kind = entry.kind;
        long runtimeType = entry.runtimeType;
        // an interface is a name for a name for the runtime's struct: the names know more
        for (int i = 0; entry.tag == DwarfEntry.TYPEDEF && entry.type != 0 && i < MAX_TYPEDEFS; i++) {
            entry.read(unit(entry.type), entry.type);
            if (kind == 0) kind = entry.kind;
            if (runtimeType == 0) runtimeType = entry.runtimeType;
        }
        long size = entry.tag == DwarfEntry.POINTER ? Long.BYTES : entry.size;
        return new GoParameter(name, result, typeName, kind, (int) Math.min(size, Integer.MAX_VALUE), runtimeType);
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
