package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The type section of a BPF object, read whole. Format: Documentation/bpf/btf.rst of the kernel. Type ids count from 1;
 * 0 is void.
 */
final class Btf {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER_BYTES = 24;

    /** Typedefs and qualifiers around one type; the kernel's own limit (MAX_RESOLVE_DEPTH) is 32. */
    private static final int MAX_DEPTH = 32;

    private final List<BtfType> types;

    private Btf(List<BtfType> types) {
        this.types = types;
    }

    /** Whatever the bytes are, the outcome is the types or this one exception. */
    static Btf parse(byte[] raw) throws BpfException {
        ByteBuffer data = ByteBuffer.wrap(raw).order(ByteOrder.nativeOrder());
        if (raw.length < HEADER_BYTES) {
            throw broken("it has " + raw.length + " bytes, its header alone has " + HEADER_BYTES);
        }
        if (Short.toUnsignedInt(data.getShort(0)) != MAGIC) {
            throw broken("it does not begin with 0xeb9f in this machine's byte order");
        }
        int header = data.getInt(4);
        ByteBuffer types = section(data, header, data.getInt(8), data.getInt(12), "types");
        ByteBuffer names = section(data, header, data.getInt(16), data.getInt(20), "names");
        return new Btf(new Reader(types, names).all());
    }

    /** Types by id, from 1; element 0 of the list is type 1. */
    List<BtfType> types() {
        return types;
    }

    BtfType type(int id) throws BpfException {
        if (id < 1 || id > types.size()) {
            throw broken("type " + id + " is referred to, there are " + types.size());
        }
        return types.get(id - 1);
    }

    /** The type behind typedefs and qualifiers. */
    BtfType resolve(int id) throws BpfException {
        BtfType type = type(id);
        for (int depth = 0; type.isModifier(); depth++) {
            if (depth == MAX_DEPTH) {
                throw broken("type " + id + " is wrapped more than " + MAX_DEPTH + " times");
            }
            type = type(type.sizeOrType());
        }
        return type;
    }

    static BpfException broken(String what) {
        return new BpfException("read the object's BTF: " + what + "; compile it again with clang -g -target bpf");
    }

    private static ByteBuffer section(ByteBuffer data, int header, int offset, int length, String name)
            throws BpfException {
        long start = (long) header + offset;
        if (header < HEADER_BYTES || offset < 0 || length < 0 || start + length > data.limit()) {
            throw broken("its " + name + " lie at " + start + " + " + length + " of " + data.limit() + " bytes");
        }
        return data.slice((int) start, length).order(ByteOrder.nativeOrder());
    }

    /** Walks the types; every read is checked against what is left. */
    private static final class Reader {
        private final ByteBuffer in;
        private final ByteBuffer names;

        Reader(ByteBuffer in, ByteBuffer names) {
            this.in = in;
            this.names = names;
        }

        List<BtfType> all() throws BpfException {
            List<BtfType> types = new ArrayList<>();
            while (in.hasRemaining()) {
                types.add(next());
            }
            return List.copyOf(types);
        }

        private BtfType next() throws BpfException {
            need(12);
            String name = name(in.getInt());
            int info = in.getInt();
            int sizeOrType = in.getInt();
            int kind = (info >>> 24) & 0x1f;
            int count = info & 0xffff;
            return new BtfType(kind, name, info < 0, sizeOrType, extra(kind), parts(kind, count));
        }

        private List<Integer> extra(int kind) throws BpfException {
            int words = switch (kind) {
                case BtfType.INT, BtfType.VAR, BtfType.DECL_TAG -> 1;
                case BtfType.ARRAY -> 3;
                default -> 0;
            };
            need(words * 4);
            List<Integer> extra = new ArrayList<>(words);
            for (int i = 0; i < words; i++) {
                extra.add(in.getInt());
            }
            return List.copyOf(extra);
        }

        private List<BtfType.Part> parts(int kind, int count) throws BpfException {
            List<BtfType.Part> parts = new ArrayList<>();
            switch (kind) {
                case BtfType.STRUCT, BtfType.UNION -> {
                    need(count * 12);
                    for (int i = 0; i < count; i++) {
                        parts.add(new BtfType.Part(name(in.getInt()), in.getInt(), in.getInt(), 0));
                    }
                }
                case BtfType.FUNC_PROTO -> {
                    need(count * 8);
                    for (int i = 0; i < count; i++) {
                        parts.add(new BtfType.Part(name(in.getInt()), in.getInt(), 0, 0));
                    }
                }
                case BtfType.DATASEC -> {
                    need(count * 12);
                    for (int i = 0; i < count; i++) {
                        parts.add(new BtfType.Part("", in.getInt(), in.getInt(), in.getInt()));
                    }
                }
                case BtfType.ENUM -> skip(count * 8);
                case BtfType.ENUM64 -> skip(count * 12);
                case BtfType.INT,
                        BtfType.PTR,
                        BtfType.ARRAY,
                        BtfType.FWD,
                        BtfType.TYPEDEF,
                        BtfType.VOLATILE,
                        BtfType.CONST,
                        BtfType.RESTRICT,
                        BtfType.FUNC,
                        BtfType.VAR,
                        BtfType.FLOAT,
                        BtfType.DECL_TAG,
                        BtfType.TYPE_TAG -> {}
                default -> throw broken("type kind " + kind + " is unknown");
            }
            return List.copyOf(parts);
        }

        private void need(int bytes) throws BpfException {
            if (in.remaining() < bytes) {
                throw broken("a type ends at " + (in.position() + bytes) + " of " + in.limit() + " bytes");
            }
        }

        private void skip(int bytes) throws BpfException {
            need(bytes);
            in.position(in.position() + bytes);
        }

        private String name(int offset) throws BpfException {
            int end = offset;
            while (end >= 0 && end < names.limit() && names.get(end) != 0) {
                end++;
            }
            if (end < 0 || end >= names.limit()) {
                throw broken("a name at " + offset + " has no end in " + names.limit() + " bytes");
            }
            byte[] text = new byte[end - offset];
            names.get(offset, text);
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
