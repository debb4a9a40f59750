package io.zerospan.gobinary;

import org.jspecify.annotations.Nullable;

/** A cursor over the entries of a unit: what of the entry's attributes matters here, and where the next entry begins. */
final class DwarfEntry {
    static final int MEMBER = 0x0d;
    static final int STRUCTURE = 0x13;
    static final int TYPEDEF = 0x16;
    static final int PARAMETER = 0x05;
    static final int POINTER = 0x0f;
    static final int BASE = 0x24;
    static final int SUBPROGRAM = 0x2e;

    private static final int AT_NAME = 0x03;
    private static final int AT_BYTE_SIZE = 0x0b;
    private static final int AT_LOW_PC = 0x11;
    private static final int AT_COUNT = 0x37;
    private static final int AT_MEMBER_LOCATION = 0x38;
    private static final int AT_TYPE = 0x49;
    private static final int AT_VARIABLE_PARAMETER = 0x4b;
    private static final int AT_GO_KIND = 0x2900;
    private static final int AT_GO_EMBEDDED = 0x2903;
    private static final int AT_GO_RUNTIME_TYPE = 0x2904;
    private static final int OP_PLUS_UCONST = 0x23;
    private static final int OP_CONSTU = 0x10;

    private final DwarfBytes info;
    private final DwarfBytes strings;
    private final DwarfBytes lineStrings;

    /** 0 for the entry that ends a list of children. */
    int tag;

    boolean children;
    long offset;
    long next;
    long size;
    long location;
    /** Offset in {@code .debug_info}, 0 if it has none. */
    long type;

    boolean variable;
    boolean embedded;
    int kind;
    long runtimeType;
    /** Elements, -1 if they are not said. */
    long count;
    /** Of a function's code, 0 if it is not said here, or by an index. */
    long address;

    private @Nullable DwarfBytes nameSection;
    private long nameAt;
    /** Of the attribute's value that was read last, if it is a number. */
    private long value;

    DwarfEntry(DwarfSections sections, DwarfBytes info) throws GoBinaryException {
        this.info = info;
        this.strings = sections.bytes(".debug_str");
        this.lineStrings = sections.bytes(".debug_line_str");
    }

    /** Empty if it has none, or one in a form that Go does not use. */
    String name() throws GoBinaryException {
        return nameSection == null ? "" : nameSection.text(nameAt);
    }

    void read(DwarfUnit unit, long at) throws GoBinaryException {
        clear(at);
        long code = info.leb(at);
        next = info.afterLeb(at);
        if (code == 0) return;
        DwarfAbbreviations.Shape shape = unit.abbreviations().shape(code);
        if (shape == null) throw info.failure("an entry of unknown shape " + code, at);
        tag = shape.tag();
        children = shape.children();
        for (int i = 0; i < shape.attributes().length; i++) {
            long from = next;
            value = shape.values()[i];
            int form = DwarfForm.resolve(info, shape.forms()[i], from);
            if (form != shape.forms()[i]) from = info.afterLeb(from);
            next = DwarfForm.end(info, unit, form, from);
            attribute(unit, shape.attributes()[i], form, from);
        }
    }

    private void clear(long at) {
        offset = at;
        tag = 0;
        children = false;
        nameSection = null;
        size = 0;
        location = -1;
        type = 0;
        variable = false;
        embedded = false;
        kind = 0;
        runtimeType = 0;
        count = -1;
        address = 0;
    }

    private void attribute(DwarfUnit unit, int attribute, int form, long at) throws GoBinaryException {
        switch (attribute) {
            case AT_NAME -> name(form, at);
            case AT_BYTE_SIZE -> size = number(form, at);
            case AT_MEMBER_LOCATION -> location = DwarfForm.isBlock(form) ? expression(form, at) : number(form, at);
            case AT_TYPE -> type = DwarfForm.reference(info, unit, form, at);
            case AT_VARIABLE_PARAMETER -> variable = number(form, at) != 0;
            case AT_GO_EMBEDDED -> embedded = number(form, at) != 0;
            case AT_GO_KIND -> kind = (int) number(form, at);
            case AT_COUNT -> count = number(form, at);
            case AT_LOW_PC -> address = form == DwarfForm.ADDR ? info.i64(at) : 0;
            case AT_GO_RUNTIME_TYPE -> runtimeType = form == DwarfForm.ADDR ? info.i64(at) : 0;
            default -> {} // of no interest here
        }
    }

    private long number(int form, long at) throws GoBinaryException {
        return DwarfForm.number(info, form, at, value);
    }

    private void name(int form, long at) throws GoBinaryException {
        switch (form) {
            case DwarfForm.STRING -> named(info, at);
            case DwarfForm.STRP -> named(strings, info.u32(at));
            case DwarfForm.LINE_STRP -> named(lineStrings, info.u32(at));
            default -> {} // indexed texts are C's: no Go name is missed
        }
    }

    private void named(DwarfBytes section, long at) {
        nameSection = section;
        nameAt = at;
    }

    /** Go up to 1.20, and C, may say an offset as an expression: "plus N". */
    private long expression(int form, long at) throws GoBinaryException {
        long block = DwarfForm.blockStart(info, form, at);
        int operation = info.u8(block);
        return operation == OP_PLUS_UCONST || operation == OP_CONSTU ? info.leb(block + 1) : -1;
    }
}
