package io.zerospan.gobinary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of the program: address, end, name and tables of each, in the order of their addresses. */
final class Functions {
    private static final int FUNCTAB_ENTRY_BYTES = 8;
    private static final int NAME = 4;
    private static final int PCSP = 16;
    private static final int PCDATA_COUNT = 28;
    private static final int PCDATA_INLINE_TREE = 2;
    private static final int FUNCDATA_INLINE_TREE = 3;

    private final Image image;
    private final Pclntab table;
    private final ModuleData module;
    private final int headerBytes;
    private final HashIndex byName = new HashIndex();
    /** Wrappers have the last id of the enumeration in every release (21 in 1.18, 23 in 1.26). */
    private int wrapperId;

    private Functions(Image image, Pclntab table, ModuleData module) {
        this.image = image;
        this.table = table;
        this.module = module;
        this.headerBytes = table.layout118() ? 40 : 44;
    }

    static Functions read(Image image, Pclntab table, ModuleData module) throws GoBinaryException {
        image.reading("function table");
        Functions functions = new Functions(image, table, module);
        functions.index();
        return functions;
    }

    private void index() throws GoBinaryException {
        long previous = -1;
        for (int i = 0; i <= table.count(); i++) {
            long entry = image.u32(table.functions() + (long) i * FUNCTAB_ENTRY_BYTES);
            if (entry < previous)
                throw image.failure("function " + i + " lies before its predecessor", table.functions());
            previous = entry;
            if (i == table.count()) break; // the end of the last function
            byName.add(nameHash(nameOffset(i)), i);
            wrapperId = Math.max(wrapperId, funcId(i));
        }
        byName.seal();
    }

    int count() {
        return table.count();
    }

    int quantum() {
        return table.quantum();
    }

    /** The function of this name that is no ABI or method wrapper of it, else the wrapper, else -1. */
    int find(String name) throws GoBinaryException {
        int found = -1;
        for (int function : byName.ids(Strings.hash(name))) {
            if (!name(function).equals(name)) continue;
            if (!isWrapper(function)) return function;
            found = function;
        }
        return found;
    }

    /** Every function of this name but wrappers. */
    List<Integer> all(String name) throws GoBinaryException {
        List<Integer> found = new ArrayList<>();
        for (int function : byName.ids(Strings.hash(name))) {
            if (name(function).equals(name) && !isWrapper(function) && isGo(function)) found.add(function);
        }
        return found;
    }

    /**
     * Whether some function's name begins with the package's path. Searches the table of names by words: to read them one
     * by one takes a third of a second in a program of 143,000 functions. Short paths are taken to be there.
     */
    boolean mayHavePackage(String path) throws GoBinaryException {
        byte[] wanted = ("\0" + path + ".").getBytes(StandardCharsets.UTF_8);
        if (wanted.length < Long.BYTES) return true;
        long word = ByteBuffer.wrap(wanted).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long from = image.offset(table.names(), 1);
        long end = image.offset(table.pcTables(), 1);
        for (long at; (at = image.pages().find(word, from, end, 1)) >= 0; from = at + 1) {
            if (at + wanted.length <= end && Arrays.equals(image.pages().bytes(at, wanted.length), wanted)) return true;
        }
        return false;
    }

    long start(int function) throws GoBinaryException {
        return module.text() + image.u32(table.functions() + (long) function * FUNCTAB_ENTRY_BYTES);
    }

    /** Where the next function begins: padding included. */
    long end(int function) throws GoBinaryException {
        return start(function + 1);
    }

    /** The function that holds an address, or -1. */
    int at(long address) throws GoBinaryException {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (address < start(middle)) high = middle - 1;
            else if (address >= end(middle)) low = middle + 1;
            else return middle;
        }
        return -1;
    }

    String name(int function) throws GoBinaryException {
        return nameAt(nameOffset(function));
    }

    int nameOffset(int function) throws GoBinaryException {
        return image.i32(record(function) + NAME);
    }

    int nameHash(int nameOffset) throws GoBinaryException {
        return Strings.hashTerminated(image, table.names() + nameOffset);
    }

    String nameAt(int nameOffset) throws GoBinaryException {
        return Strings.terminated(image, table.names() + nameOffset);
    }

    boolean isWrapper(int function) throws GoBinaryException {
        return isWrapperId(funcId(function));
    }

    boolean isWrapperId(int funcId) {
        return funcId == wrapperId;
    }

    private int funcId(int function) throws GoBinaryException {
        return image.u8(record(function) + headerBytes - 4);
    }

    /** Whether the function was made by Go's compiler or assembler; C functions of a cgo program have no tables. */
    boolean isGo(int function) throws GoBinaryException {
        return image.i32(record(function) + PCSP) != 0;
    }

    /** SP changes against the entry. */
    PcValues stackDeltas(int function) throws GoBinaryException {
        return values(function, image.i32(record(function) + PCSP));
    }

    /** Index into the inline tree for each instruction, or null if nothing was inlined. */
    @Nullable PcValues inlineIndexes(int function) throws GoBinaryException {
        long record = record(function);
        long count = image.u32(record + PCDATA_COUNT);
        if (count <= PCDATA_INLINE_TREE) return null;
        int offset = image.i32(record + headerBytes + PCDATA_INLINE_TREE * 4);
        return offset == 0 ? null : values(function, offset);
    }

    /** Address of the inline tree, or 0 if nothing was inlined. */
    long inlineTree(int function) throws GoBinaryException {
        long record = record(function);
        int count = image.u8(record + headerBytes - 1);
        if (count <= FUNCDATA_INLINE_TREE) return 0;
        long pcdataCount = image.u32(record + PCDATA_COUNT);
        long offset = image.u32(record + headerBytes + (pcdataCount + FUNCDATA_INLINE_TREE) * 4);
        return offset == 0xffffffffL ? 0 : module.gofunc() + offset;
    }

    private PcValues values(int function, int offset) throws GoBinaryException {
        long at = table.pcTables() + (offset & 0xffffffffL);
        return new PcValues(image, at, start(function), end(function), table.quantum());
    }

    private long record(int function) throws GoBinaryException {
        return table.functions() + image.u32(table.functions() + (long) function * FUNCTAB_ENTRY_BYTES + 4);
    }
}
