package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts one section out of an ELF64 object that the test itself compiled. */
final class ElfSection {
    private ElfSection() {}

    static byte[] of(byte[] elf, String wanted) {
        ByteBuffer in = ByteBuffer.wrap(elf).order(ByteOrder.nativeOrder());
        int table = (int) in.getLong(0x28);
        int entry = in.getShort(0x3a);
        int names = (int) in.getLong(table + in.getShort(0x3e) * entry + 0x18);
        for (int i = 0; i < in.getShort(0x3c); i++) {
            int header = table + i * entry;
            int name = names + in.getInt(header);
            int end = name + wanted.length();
            if (new String(elf, name, wanted.length(), StandardCharsets.US_ASCII).equals(wanted) && elf[end] == 0) {
                int offset = (int) in.getLong(header + 0x18);
                return Arrays.copyOfRange(elf, offset, offset + (int) in.getLong(header + 0x20));
            }
        }
        throw new IllegalArgumentException("no section " + wanted);
    }
}
