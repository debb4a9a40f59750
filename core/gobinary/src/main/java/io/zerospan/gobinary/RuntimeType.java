package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.List;

/** Decodes single type descriptors (src/internal/abi/type.go); from 1.18 to 1.27 little but maps has changed. */
final class RuntimeType {
    static final int HEADER_BYTES = 48;
    static final int ARRAY = 17;
    static final int CHAN = 18;
    static final int FUNC = 19;
    static final int INTERFACE = 20;
    static final int MAP = 21;
    static final int POINTER = 22;
    static final int SLICE = 23;
    static final int STRUCT = 25;

    private static final int UNCOMMON = 1;
    private static final int EXTRA_STAR = 2;
    private static final int NAMED = 4;
    private static final int KIND_MASK = 31;
    private static final int FIELD_BYTES = 24;
    private static final int UNCOMMON_BYTES = 16;
    static final int METHOD_BYTES = 16;
    static final int INTERFACE_METHOD_BYTES = 8;
    /** Go 1.27 describes a map's groups by where keys and elements are, and how far apart. */
    private static final int FIRST_WITH_GROUP_STRIDES = 27;

    private static final int EMBEDDED = 8;
    /** No struct in a real program comes near; hostile ones must not fill the heap. */
    private static final int MAX_FIELDS = 1 << 14;
    /** Go 1.18 shifts a field's offset by one and keeps "embedded" in the lowest bit; later ones in the name. */
    private static final int LAST_WITH_SHIFTED_OFFSETS = 18;
    /** Depth of {@code **[][]T} that is spelled out. */
    private static final int MAX_DEPTH = 16;

    private final Image image;
    private final long types;
    private final long typesEnd;
    private final boolean embeddedInOffset;
    private final boolean groupStrides;

    RuntimeType(Image image, ModuleData module, int goMinor) {
        this.image = image;
        this.embeddedInOffset = goMinor <= LAST_WITH_SHIFTED_OFFSETS;
        this.groupStrides = goMinor >= FIRST_WITH_GROUP_STRIDES;
        this.types = module.types();
        this.typesEnd = module.typesEnd();
    }

    /** A field of a struct; {@code type} is an address. */
    record Field(String name, long type, int offset, boolean embedded) {}

    boolean isType(long address) {
        return address >= types && address <= typesEnd - HEADER_BYTES && (address & 7) == 0;
    }

    int kind(long type) throws GoBinaryException {
        return image.u8(type + 23) & KIND_MASK;
    }

    int size(long type) throws GoBinaryException {
        return (int) Math.min(image.i64(type), Integer.MAX_VALUE);
    }

    int alignment(long type) throws GoBinaryException {
        return image.u8(type + 21);
    }

    /** Elements of an array. */
    long length(long type) throws GoBinaryException {
        return image.i64(type + 64);
    }

    /** Methods that an interface has. */
    long methods(long type) throws GoBinaryException {
        return image.i64(type + 64);
    }

    boolean isNamed(long type) throws GoBinaryException {
        return (flags(type) & NAMED) != 0;
    }

    /** Element of a pointer, slice, array or channel; key of a map. */
    long element(long type) throws GoBinaryException {
        return image.pointer(type + HEADER_BYTES);
    }

    long pointerTo(long type) throws GoBinaryException {
        int offset = image.i32(type + 44);
        return offset == 0 ? 0 : types + offset;
    }

    /** As Go's %T prints it: the package's name, not its path. */
    String name(long type) throws GoBinaryException {
        String text = string(types + image.u32(type + 40));
        return (flags(type) & EXTRA_STAR) != 0 && text.startsWith("*") ? text.substring(1) : text;
    }

    /** With the package's path: {@code *net/http.Request}. */
    String path(long type) throws GoBinaryException {
        return path(type, 0);
    }

    private String path(long type, int depth) throws GoBinaryException {
        String name = name(type);
        if (!isNamed(type)) {
            int kind = kind(type);
            boolean spelled = (kind == POINTER || kind == SLICE) && depth < MAX_DEPTH && isType(element(type));
            if (!spelled) return name;
            return (kind == POINTER ? "*" : "[]") + path(element(type), depth + 1);
        }
        int dot = lastDot(name);
        String packagePath = dot < 0 ? "" : packagePath(type, name.substring(0, dot));
        return packagePath.isEmpty() ? name : packagePath + name.substring(dot);
    }

    /** The dot before the type's own name: type arguments in brackets have dots too. */
    private static int lastDot(String name) {
        int brackets = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == ']') brackets++;
            else if (c == '[') brackets--;
            else if (c == '.' && brackets == 0) return i;
        }
        return -1;
    }

    private String packagePath(long type, String packageName) throws GoBinaryException {
        long uncommon = uncommon(type);
        long offset = uncommon == 0 ? 0 : image.u32(uncommon);
        return offset == 0 ? packageName : string(types + offset);
    }

    /** Where the part with package and methods follows; 0 if the type has none. */
    long uncommon(long type) throws GoBinaryException {
        return (flags(type) & UNCOMMON) == 0 ? 0 : type + ownBytes(type);
    }

    /** Without what may follow: the uncommon part, and lists of parameters, methods or fields. */
    private int ownBytes(long type) throws GoBinaryException {
        return switch (kind(type)) {
            case STRUCT, INTERFACE -> 80;
            case ARRAY -> 72;
            case CHAN -> 64;
            case POINTER, SLICE, FUNC -> 56;
            case MAP -> groupStrides ? 136 : isSwissMap(type) ? 112 : 88;
            default -> HEADER_BYTES;
        };
    }

    /** All that lies in a row: where the next type's begins, as {@code DescriptorSize} computes it since Go 1.27. */
    long bytes(long type) throws GoBinaryException {
        long uncommon = uncommon(type);
        long bytes = ownBytes(type);
        if (uncommon != 0) bytes += UNCOMMON_BYTES + (long) METHOD_BYTES * image.u16(uncommon + 4);
        bytes += switch (kind(type)) {
            case FUNC -> 8L * parameters(type);
            case INTERFACE -> INTERFACE_METHOD_BYTES * image.u32(type + 64);
            case STRUCT -> FIELD_BYTES * image.u32(type + 64);
            default -> 0;
        };
        return bytes + 7 & ~7L;
    }

    /** Parameters and results of a function. */
    int parameters(long function) throws GoBinaryException {
        int counts = image.i32(function + 48);
        return (counts & 0xffff) + (counts >>> 16 & 0x7fff);
    }

    /** Go 1.24 and newer keep the size of a group of slots where older ones have three small sizes and flags. */
    private boolean isSwissMap(long type) throws GoBinaryException {
        long group = image.pointer(type + 64);
        return isType(group) && image.i64(type + 80) == image.i64(group);
    }

    List<Field> fields(long struct) throws GoBinaryException {
        long count = image.i64(struct + 64);
        if (count < 0 || count > MAX_FIELDS) throw image.failure("a struct of " + count + " fields", struct);
        long at = image.pointer(struct + 56);
        List<Field> fields = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++, at += FIELD_BYTES) {
            long name = image.pointer(at);
            long offset = image.i64(at + 16);
            if (offset < 0 || offset > Integer.MAX_VALUE) throw image.failure("a field's offset of " + offset, at);
            boolean embedded = embeddedInOffset ? (offset & 1) != 0 : (image.u8(name) & EMBEDDED) != 0;
            if (embeddedInOffset) offset >>= 1;
            fields.add(new Field(string(name), image.pointer(at + 8), (int) offset, embedded));
        }
        return fields;
    }

    private int flags(long type) throws GoBinaryException {
        return image.u8(type + 20);
    }

    /** The text behind a name's flag byte. */
    private String string(long name) throws GoBinaryException {
        return Strings.counted(image, name + 1, Strings.MAX_BYTES);
    }
}
