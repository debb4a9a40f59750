package io.zerospan.libbpf;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory shared with the kernel. The buffer must not be touched after {@link #close}: the JVM would crash. */
final class Mapping implements RingWindow.Memory {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;
    private static final long MAP_FAILED = -1;

    private final LibBpf lib;
    private final long address;
    private final int length;
    private final ByteBuffer buffer;
    private boolean closed;

    private Mapping(LibBpf lib, long address, int length, ByteBuffer buffer) {
        this.lib = lib;
        this.address = address;
        this.length = length;
        this.buffer = buffer;
    }

    static Mapping of(LibBpf lib, String name, int fd, long offset, long length, boolean writable) throws BpfException {
        if (length > Integer.MAX_VALUE) {
            throw new BpfException("map memory of " + name + ": " + length + " bytes are more than a buffer holds ("
                    + Integer.MAX_VALUE + "); make the map smaller");
        }
        int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
        long address = lib.libc().mmap(null, length, protection, MAP_SHARED, fd, offset);
        if (address == MAP_FAILED) {
            throw new BpfException("map memory of " + name + ": " + Errno.text(lib.errno())
                    + "; arrays need the flag BPF_F_MMAPABLE, and the process enough address space");
        }
        ByteBuffer buffer = MemoryIO.getInstance()
                .newDirectByteBuffer(address, (int) length)
                .order(ByteOrder.nativeOrder());
        ByteBuffer view = writable ? buffer : buffer.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
        return new Mapping(lib, address, (int) length, view);
    }

    /** In this machine's byte order; read-only where the mapping is. */
    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            lib.libc().munmap(address, length);
        }
    }
}
