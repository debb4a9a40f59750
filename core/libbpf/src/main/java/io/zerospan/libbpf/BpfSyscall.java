package io.zerospan.libbpf;

import java.lang.ref.Reference;
import jnr.ffi.Pointer;

/**
 * bpf(2) itself, for what libbpf 1.1 has no function for. Layouts are those of {@code union bpf_attr} in the kernel's
 * include/uapi/linux/bpf.h; the kernel accepts a shorter one than its own and takes the rest as zero.
 */
final class BpfSyscall {
    private static final int MAP_CREATE = 0;
    private static final int MAP_UPDATE = 2;
    private static final int PROG_LOAD = 5;
    private static final int PROG_ATTACH = 8;
    private static final int GET_INFO = 15;
    private static final int BTF_LOAD = 18;
    private static final int LINK_CREATE = 28;
    private static final int ENABLE_STATS = 32;
    private static final int GET_INFO_BYTES = 16;
    private static final int ENABLE_STATS_BYTES = 4;
    private static final int MAP_CREATE_BYTES = 64;
    private static final int MAP_UPDATE_BYTES = 32;
    private static final int BTF_LOAD_BYTES = 32;
    private static final int PROG_LOAD_BYTES = 72;
    private static final int LINK_CREATE_BYTES = 64;
    private static final int TYPE_KPROBE = 2;
    private static final int TYPE_SK_MSG = 16;
    private static final int TYPE_SK_STORAGE = 24;
    private static final int NO_PREALLOC = 1;
    private static final int PROG_ATTACH_BYTES = 16;
    private static final int CGROUP_SOCK_OPS = 3;
    private static final int SK_MSG_VERDICT = 7;

    /** {@code BPF_TRACE_UPROBE_MULTI}, since Linux 6.6. */
    static final int UPROBE_MULTI = 48;

    private final LibBpf lib;
    private final long number;

    BpfSyscall(LibBpf lib) {
        this.lib = lib;
        this.number = number(System.getProperty("os.arch"));
    }

    private static long number(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> 321;
            case "aarch64" -> 280;
            default ->
                throw new IllegalStateException("bpf(2) on " + architecture + ": only amd64 and aarch64 are supported");
        };
    }

    /** Loads a program of uprobe type from raw instructions; the fd, or a negative errno. */
    int loadUprobe(long[] instructions, int expectedAttachType) {
        return load(TYPE_KPROBE, instructions, expectedAttachType);
    }

    /** The same for a program that sees what sockets send. */
    int loadMessages(long[] instructions) {
        return load(TYPE_SK_MSG, instructions, SK_MSG_VERDICT);
    }

    private int load(int type, long[] instructions, int expectedAttachType) {
        Pointer code = lib.copy(instructions);
        Pointer license = lib.copyText(new byte[] {'G', 'P', 'L'});
        Pointer attributes = lib.allocate(PROG_LOAD_BYTES);
        attributes.putInt(0, type);
        attributes.putInt(4, instructions.length);
        attributes.putAddress(8, code.address());
        attributes.putAddress(16, license.address());
        attributes.putInt(68, expectedAttachType);
        return call(PROG_LOAD, attributes, PROG_LOAD_BYTES, code, license);
    }

    /** One link for all offsets; the fd, or a negative errno. A pid of 0 means every process. */
    int linkUprobes(int program, byte[] path, long[] offsets, long[] cookies, int pid) {
        Pointer file = lib.copyText(path);
        Pointer places = lib.copy(offsets);
        Pointer values = lib.copy(cookies);
        Pointer attributes = lib.allocate(LINK_CREATE_BYTES);
        attributes.putInt(0, program);
        attributes.putInt(8, UPROBE_MULTI);
        attributes.putAddress(16, file.address());
        attributes.putAddress(24, places.address());
        attributes.putAddress(40, values.address());
        attributes.putInt(48, offsets.length);
        attributes.putInt(56, pid);
        return call(LINK_CREATE, attributes, LINK_CREATE_BYTES, file, places, values);
    }

    /** Has a program see what the sockets of a map send, as long as the map is there; 0, or a negative errno. */
    int attachToSockets(int program, int map) {
        Pointer attributes = lib.allocate(PROG_ATTACH_BYTES);
        attributes.putInt(0, map);
        attributes.putInt(4, program);
        attributes.putInt(8, SK_MSG_VERDICT);
        return call(PROG_ATTACH, attributes, PROG_ATTACH_BYTES);
    }

    /** A link to the connections that a cgroup's processes open; the fd, or a negative errno. */
    int linkCgroup(int program, int cgroup) {
        Pointer attributes = lib.allocate(LINK_CREATE_BYTES);
        attributes.putInt(0, program);
        attributes.putInt(4, cgroup);
        attributes.putInt(8, CGROUP_SOCK_OPS);
        return call(LINK_CREATE, attributes, LINK_CREATE_BYTES);
    }

    /** Types that maps are made of; the fd, or a negative errno. */
    int loadBtf(byte[] types) {
        Pointer copy = lib.copy(types);
        Pointer attributes = lib.allocate(BTF_LOAD_BYTES);
        attributes.putAddress(0, copy.address());
        attributes.putInt(16, types.length);
        return call(BTF_LOAD, attributes, BTF_LOAD_BYTES, copy);
    }

    /** A map that keeps an int beside sockets, the first type of a BTF; the fd, or a negative errno. */
    int createSocketStorage(int btf) {
        Pointer attributes = lib.allocate(MAP_CREATE_BYTES);
        attributes.putInt(0, TYPE_SK_STORAGE);
        attributes.putInt(4, Integer.BYTES);
        attributes.putInt(8, Integer.BYTES);
        attributes.putInt(16, NO_PREALLOC);
        attributes.putInt(48, btf);
        attributes.putInt(52, 1);
        attributes.putInt(56, 1);
        return call(MAP_CREATE, attributes, MAP_CREATE_BYTES);
    }

    /** Of a map from ints to ints; 0, or a negative errno. */
    int update(int map, int key, int value) {
        Pointer both = lib.allocate(2 * Integer.BYTES);
        both.putInt(0, key);
        both.putInt(Integer.BYTES, value);
        Pointer attributes = lib.allocate(MAP_UPDATE_BYTES);
        attributes.putInt(0, map);
        attributes.putAddress(8, both.address());
        attributes.putAddress(16, both.address() + Integer.BYTES);
        return call(MAP_UPDATE, attributes, MAP_UPDATE_BYTES, both);
    }

    /** Has the kernel count and time the runs of every program as long as the fd is open; the fd, or a negative errno. */
    int enableStatistics() {
        return call(ENABLE_STATS, lib.allocate(ENABLE_STATS_BYTES), ENABLE_STATS_BYTES);
    }

    /** Writes the first bytes of a program's {@code struct bpf_prog_info}; 0, or a negative errno. */
    int programInfo(int program, Pointer info, int bytes) {
        Pointer attributes = lib.allocate(GET_INFO_BYTES);
        attributes.putInt(0, program);
        attributes.putInt(4, bytes);
        attributes.putAddress(8, info.address());
        return call(GET_INFO, attributes, GET_INFO_BYTES, info);
    }

    private int call(int command, Pointer attributes, int size, Pointer... reachable) {
        try {
            long result = lib.libc().syscall(number, command, attributes, size);
            return result < 0 ? -lib.errno() : (int) result;
        } finally {
            for (Pointer memory : reachable) {
                Reference.reachabilityFence(memory);
            }
        }
    }
}
