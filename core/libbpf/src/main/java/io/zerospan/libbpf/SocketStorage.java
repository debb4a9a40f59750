package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/**
 * Whether the kernel has room for what a program remembers of a socket ({@code BPF_MAP_TYPE_SK_STORAGE}). Newer kernels take
 * it from an allocator that gives nothing on an amd64 processor without {@code cmpxchg16b}: seen on Linux 7.3, not on 6.12.
 */
final class SocketStorage {
    private static final long SOCKET_AMD64 = 41;
    private static final long SOCKET_ARM64 = 198;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;

    private static final short BTF_MAGIC = (short) 0xeb9f;
    private static final int BTF_HEADER_BYTES = 24;
    private static final int BTF_INT_BYTES = 16;
    private static final int BTF_KIND_INT = 1 << 24;

    private final LibBpf lib;
    private final BpfSyscall bpf;

    SocketStorage(LibBpf lib) {
        this.lib = lib;
        this.bpf = new BpfSyscall(lib);
    }

    /** False only if the kernel has no memory for it: what else may be missing is told where programs are loaded. */
    boolean works() {
        return keep() != -Errno.ENOMEM;
    }

    /** Puts a number beside a socket of our own; 0, or the negative errno of what failed. */
    int keep() {
        int btf = bpf.loadBtf(typeOfInt());
        int map = btf < 0 ? btf : bpf.createSocketStorage(btf);
        int socket = socket();
        try {
            if (map < 0) {
                return map;
            }
            return socket < 0 ? -lib.errno() : bpf.update(map, socket, 1);
        } finally {
            close(socket);
            close(map);
            close(btf);
        }
    }

    private int socket() {
        long number = System.getProperty("os.arch").equals("aarch64") ? SOCKET_ARM64 : SOCKET_AMD64;
        // A number in place of a pointer: both are one register to the kernel.
        return (int) lib.libc().syscall(number, AF_INET, Pointer.wrap(lib.runtime(), SOCK_STREAM), 0);
    }

    private void close(int fd) {
        if (fd >= 0) {
            lib.libc().close(fd);
        }
    }

    /** The map's key and value have to be described: a BTF of one type, an {@code int} without a name. */
    private static byte[] typeOfInt() {
        return ByteBuffer.allocate(BTF_HEADER_BYTES + BTF_INT_BYTES + 1)
                .order(ByteOrder.nativeOrder())
                .putShort(BTF_MAGIC)
                .put((byte) 1) // version
                .put((byte) 0) // flags
                .putInt(BTF_HEADER_BYTES)
                .putInt(0) // types begin behind the header
                .putInt(BTF_INT_BYTES)
                .putInt(BTF_INT_BYTES) // texts behind them
                .putInt(1) // of which there is the empty one
                .putInt(0) // name
                .putInt(BTF_KIND_INT)
                .putInt(Integer.BYTES)
                .putInt(Integer.SIZE)
                .array();
    }
}
