package io.zerospan.gobinary;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every type reachable from the type links, the itabs and the methods of types, found by name. */
final class RuntimeTypes {
    /** A program of 54,000 functions has a million links between its types. */
    private static final int MAX_LINKS = 20_000_000;

    /** 140,000 functions come with 100,000 types. */
    private static final int MAX_TYPES = 1 << 20;

    private static final int ALIGNMENT = 8;
    /** Up to the functions. */
    private static final int ITAB_BYTES = 24;

    private final Image image;
    private final ModuleData module;
    private final RuntimeType reader;
    private final BitSet seen = new BitSet();
    private final BitSet inItab = new BitSet();
    private final HashIndex byPath = new HashIndex();
    private final HashIndex pointersTo = new HashIndex();
    private int[] pending = new int[256];
    private int pendingCount;
    private int links;
    private int count;

    private RuntimeTypes(Image image, ModuleData module, int goMinor) {
        this.image = image;
        this.module = module;
        this.reader = new RuntimeType(image, module, goMinor);
    }

    static RuntimeTypes read(Image image, ModuleData module, int goMinor) throws GoBinaryException {
        image.reading("runtime types");
        RuntimeTypes types = new RuntimeTypes(image, module, goMinor);
        for (int i = 0; i < module.typeCount(); i++) {
            types.follow(module.types() + image.i32(module.typeLinks() + 4L * i));
        }
        for (int i = 0; i < module.itabCount(); i++) types.followItab(image.pointer(module.itabLinks() + 8L * i));
        types.followRows();
        while (types.pendingCount > 0) types.visit(types.address(types.pending[--types.pendingCount]));
        types.byPath.seal();
        types.pointersTo.seal();
        return types;
    }

    /** Since Go 1.27 descriptors lie in a row, behind one word, and so do itabs: no links lead to them. */
    private void followRows() throws GoBinaryException {
        for (long at = module.types() + ALIGNMENT; at < module.descriptorsEnd(); at += reader.bytes(at)) follow(at);
        for (long at = module.itabs(); at < module.itabsEnd(); at += itabBytes(at)) followItab(at);
    }

    /** An itab holds interface, type, hash, and a function for each method of the interface, or one word for none. */
    private long itabBytes(long itab) throws GoBinaryException {
        long contract = image.pointer(itab);
        if (!reader.isType(contract)) throw image.failure("an itab without an interface", itab);
        boolean implemented = image.pointer(itab + ITAB_BYTES) != 0;
        return ITAB_BYTES + 8 * (implemented ? Math.max(1, image.u32(contract + 64)) : 1);
    }

    private void followItab(long itab) throws GoBinaryException {
        follow(image.pointer(itab));
        long concrete = image.pointer(itab + 8);
        follow(concrete);
        if (reader.isType(concrete)) inItab.set(slot(concrete));
    }

    private void follow(long type) throws GoBinaryException {
        if (++links > MAX_LINKS) throw image.failure("more than " + MAX_LINKS + " links between types", type);
        if (!reader.isType(type) || seen.get(slot(type))) return;
        if (++count > MAX_TYPES) throw image.failure("more than " + MAX_TYPES + " types", type);
        seen.set(slot(type));
        if (pendingCount == pending.length) pending = Arrays.copyOf(pending, pendingCount * 2);
        pending[pendingCount++] = slot(type);
    }

    private void visit(long type) throws GoBinaryException {
        if (reader.isNamed(type)) byPath.add(reader.path(type).hashCode(), slot(type));
        follow(reader.pointerTo(type));
        followMethods(type);
        switch (reader.kind(type)) {
            case RuntimeType.POINTER -> {
                long element = reader.element(type);
                if (reader.isType(element)) pointersTo.add(slot(element), slot(type));
                follow(element);
            }
            case RuntimeType.SLICE, RuntimeType.CHAN -> follow(reader.element(type));
            case RuntimeType.ARRAY -> {
                follow(reader.element(type));
                follow(image.pointer(type + 56));
            }
            case RuntimeType.MAP -> {
                for (int at = 48; at <= 64; at += 8) follow(image.pointer(type + at));
            }
            case RuntimeType.FUNC -> followSignature(type);
            case RuntimeType.INTERFACE -> followInterface(type);
            case RuntimeType.STRUCT -> {
                for (RuntimeType.Field field : reader.fields(type)) follow(field.type());
            }
            default -> {} // no parts
        }
    }

    private void followMethods(long type) throws GoBinaryException {
        long uncommon = reader.uncommon(type);
        if (uncommon == 0) return;
        int count = image.u16(uncommon + 4);
        long at = uncommon + image.u32(uncommon + 8);
        for (int i = 0; i < count; i++, at += RuntimeType.METHOD_BYTES) followOffset(image.i32(at + 4));
    }

    private void followSignature(long type) throws GoBinaryException {
        int parameters = reader.parameters(type);
        long at = type + (reader.uncommon(type) == 0 ? 56 : 72);
        for (int i = 0; i < parameters; i++, at += 8) follow(image.pointer(at));
    }

    private void followInterface(long type) throws GoBinaryException {
        long at = image.pointer(type + 56);
        long count = image.i64(type + 64);
        for (long i = 0; i < count; i++, at += RuntimeType.INTERFACE_METHOD_BYTES) followOffset(image.i32(at + 4));
    }

    /** Methods the linker dropped have offset 0 or -1. */
    private void followOffset(int offset) throws GoBinaryException {
        if (offset > 0) follow(module.types() + offset);
        else links++;
    }

    RuntimeType reader() {
        return reader;
    }

    int count() {
        return count;
    }

    /** Address of the type of this path, such as {@code net/http.Request} or {@code *net/http.Request}, or 0. */
    long find(String path) throws GoBinaryException {
        if (path.startsWith("*")) {
            long element = find(path.substring(1));
            return element == 0 ? 0 : pointerTo(element);
        }
        for (int slot : byPath.ids(path.hashCode())) {
            if (reader.path(address(slot)).equals(path)) return address(slot);
        }
        return 0;
    }

    /** Address of the pointer type of a type, or 0 if the program has none. */
    long pointerTo(long type) {
        int[] pointers = pointersTo.ids(slot(type));
        return pointers.length == 0 ? 0 : address(pointers[0]);
    }

    /** Whether a value of this very type stands in an interface with methods, as far as the linker knew. */
    boolean isInItab(long type) {
        return inItab.get(slot(type));
    }

    /** Whether the address is that of a type that was found. */
    boolean holds(long address) {
        return reader.isType(address) && seen.get(slot(address));
    }

    /** Address of the type at an offset into the types; 0 if there is none. */
    long addressOf(long offset) {
        return holds(module.types() + offset) ? module.types() + offset : 0;
    }

    /** Calls back for each type, in the order of the addresses. */
    void forEach(Visitor visitor) throws GoBinaryException {
        for (int slot = seen.nextSetBit(0); slot >= 0; slot = seen.nextSetBit(slot + 1)) visitor.visit(address(slot));
    }

    /** Sees one type. */
    interface Visitor {
        void visit(long type) throws GoBinaryException;
    }

    /** The offset of a field on a dotted way through structs held by value, or -1. */
    int offset(String struct, String path) throws GoBinaryException {
        long type = find(struct);
        int offset = 0;
        for (String name : path.split("\\.", -1)) {
            if (type == 0 || !reader.isType(type) || reader.kind(type) != RuntimeType.STRUCT) return -1;
            RuntimeType.Field field = field(reader.fields(type), name);
            if (field == null) return -1;
            offset += field.offset();
            if (offset < 0) return -1; // overflow: no real struct
            type = field.type();
        }
        return offset;
    }

    private static RuntimeType.@Nullable Field field(List<RuntimeType.Field> fields, String name) {
        for (RuntimeType.Field field : fields) {
            if (field.name().equals(name)) return field;
        }
        return null;
    }

    private int slot(long type) {
        return (int) ((type - module.types()) / ALIGNMENT);
    }

    private long address(int slot) {
        return module.types() + (long) slot * ALIGNMENT;
    }
}
