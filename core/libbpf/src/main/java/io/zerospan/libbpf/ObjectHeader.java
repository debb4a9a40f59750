package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The ELF header of a BPF object, checked before libbpf sees it: libbpf 1.1 crashes on one that speaks of program headers
 * far away, and takes the process along.
 */
final class ObjectHeader {
    private static final int BYTES = 64;
    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS_64 = 2;
    private static final int RELOCATABLE = 1;
    private static final int MACHINE_BPF = 247;
    private static final int SECTION_BYTES = 64;

    private static final int AT_CLASS = 4;
    private static final int AT_DATA = 5;
    private static final int AT_TYPE = 16;
    private static final int AT_MACHINE = 18;
    private static final int AT_PROGRAM_HEADERS = 32;
    private static final int AT_SECTIONS = 40;
    private static final int AT_SECTION_SIZE = 58;
    private static final int AT_SECTION_COUNT = 60;

    private ObjectHeader() {}

    /** What is wrong with it, or an empty string. */
    static String objection(byte[] elf) {
        if (elf.length < BYTES || ByteBuffer.wrap(elf).getInt(0) != MAGIC) {
            return "it is no ELF file";
        }
        ByteOrder order = ByteOrder.nativeOrder();
        ByteBuffer header = ByteBuffer.wrap(elf).order(order);
        boolean native64 = elf[AT_CLASS] == CLASS_64 && elf[AT_DATA] == (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2);
        if (!native64 || header.getShort(AT_TYPE) != RELOCATABLE || header.getShort(AT_MACHINE) != MACHINE_BPF) {
            return "it is no BPF object for this machine's byte order";
        }
        long sections = header.getLong(AT_SECTIONS);
        long length = (long) SECTION_BYTES * (header.getShort(AT_SECTION_COUNT) & 0xffff);
        if (header.getLong(AT_PROGRAM_HEADERS) != 0
                || header.getShort(AT_SECTION_SIZE) != SECTION_BYTES
                || sections < BYTES
                || sections > elf.length - length) {
            return "its ELF header is damaged, or its end is missing";
        }
        return "";
    }
}
