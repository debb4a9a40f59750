package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code const volatile} variables of an object: where they lie and what fits into them. */
final class Constants {
    private static final int SIGNED = 1;
    private static final int BOOL = 4;

    /**
     * @param section {@code .rodata} or {@code .rodata.something}, by which libbpf finds the map
     * @param type id of the variable's type in the BTF
     */
    record Variable(String name, String section, int offset, int size, int type) {}

    private final Btf btf;
    private final Map<String, Variable> variables;

    private Constants(Btf btf, Map<String, Variable> variables) {
        this.btf = btf;
        this.variables = variables;
    }

    static Constants of(Btf btf) throws BpfException {
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (BtfType section : btf.types()) {
            if (section.kind() != BtfType.DATASEC || !section.name().startsWith(".rodata")) {
                continue;
            }
            for (BtfType.Part part : section.parts()) {
                BtfType variable = btf.type(part.type());
                variables.put(
                        variable.name(),
                        new Variable(
                                variable.name(), section.name(), part.offset(), part.size(), variable.sizeOrType()));
            }
        }
        return new Constants(btf, variables);
    }

    @Nullable Variable find(String name) {
        return variables.get(name);
    }

    /** The bytes of a number as the variable holds it, or why it cannot. */
    byte[] encode(Variable variable, long value) throws BpfException {
        BtfType type = btf.resolve(variable.type());
        int bits = variable.size() * Byte.SIZE;
        boolean scalar = type.kind() == BtfType.INT || type.kind() == BtfType.ENUM || type.kind() == BtfType.ENUM64;
        if (!scalar || Integer.bitCount(variable.size()) != 1 || bits > Long.SIZE) {
            throw new BpfException("constant " + variable.name() + " is no integer of 1, 2, 4 or 8 bytes but has "
                    + variable.size() + " bytes; set it by its bytes");
        }
        int encoding = type.kind() == BtfType.INT ? (type.extra().get(0) >>> 24) & 0xf : type.flag() ? SIGNED : 0;
        long lowest = (encoding & SIGNED) != 0 ? -1L << (bits - 1) : 0;
        long highest = (encoding & BOOL) != 0 ? 1 : (encoding & SIGNED) != 0 ? ~lowest : -1L >>> (Long.SIZE - bits);
        // An unsigned 8-byte variable takes every pattern of bits, so a negative long is its upper half.
        if (bits < Long.SIZE && (value < lowest || value > highest)) {
            throw new BpfException("constant " + variable.name() + " holds " + lowest + " to " + highest
                    + ", the value is " + value + "; change the value or widen the variable");
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        byte[] encoded = new byte[variable.size()];
        for (int i = 0; i < encoded.length; i++) {
            boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
            encoded[little ? i : encoded.length - 1 - i] = bytes.get(i);
        }
        return encoded;
    }
}
