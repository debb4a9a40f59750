package io.zerospan.libbpf;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** A map by its file descriptor. Safe for several threads; after {@link #close} everything but close is refused. */
public final class BpfMap implements AutoCloseable {
    /** {@code BPF_F_NO_PREALLOC}: entries of a hash are allocated when needed. */
    public static final int NO_PREALLOC = 1;

    /** {@code BPF_F_MMAPABLE}: what {@link #mmap} needs of an array. */
    public static final int MMAPABLE = 1 << 10;

    /** {@code BPF_NOEXIST}. */
    private static final long ONLY_NEW = 1;

    private static final int OPTIONS_BYTES = 48;
    private static final int OPTIONS_FLAGS = 28;

    private final LibBpf lib;
    private final int fd;
    private final MapShape shape;
    private final int entryBytes;
    private final Pointer key;
    private final Pointer nextKey;
    private final Pointer value;
    private @Nullable Mapping mapping;
    private boolean closed;

    BpfMap(LibBpf lib, int fd, MapShape shape) {
        this.lib = lib;
        this.fd = fd;
        this.shape = shape;
        int stride = Math.addExact(shape.valueSize(), 7) & ~7;
        this.entryBytes = shape.type().perCpu()
                ? Math.multiplyExact(stride, lib.functions().libbpf_num_possible_cpus())
                : shape.valueSize();
        this.key = lib.allocate(shape.keySize());
        this.nextKey = lib.allocate(shape.keySize());
        this.value = lib.allocate(entryBytes);
    }

    /** Creates a map in the kernel; needs CAP_BPF. A ring buffer has sizes of 0 and a power of two of pages. */
    public static BpfMap create(
            LibBpf lib, MapType type, String name, int keySize, int valueSize, int maxEntries, int flags)
            throws BpfException {
        if (type == MapType.OTHER) {
            throw new IllegalArgumentException("map " + name + ": OTHER is no type to create");
        }
        Pointer options = lib.allocate(OPTIONS_BYTES);
        options.putLong(0, OPTIONS_BYTES);
        options.putInt(OPTIONS_FLAGS, flags);
        int fd = lib.functions().bpf_map_create(type.number(), name, keySize, valueSize, maxEntries, options);
        MapShape shape = new MapShape(name, type, keySize, valueSize, maxEntries, flags);
        if (fd < 0) {
            throw new BpfException(
                    "create map " + shape + ": " + Errno.text(fd) + "; " + adviceOnCreate(type, fd, lib, maxEntries));
        }
        return new BpfMap(lib, fd, shape);
    }

    private static String adviceOnCreate(MapType type, int errno, LibBpf lib, int maxEntries) {
        int page = lib.libc().getpagesize();
        if (Errno.isPermission(errno)) {
            return "run as root or with CAP_BPF";
        }
        if (type == MapType.RINGBUF && (Integer.bitCount(maxEntries) != 1 || maxEntries % page != 0)) {
            return "a ring buffer's size is a power of two and a multiple of " + page + " bytes";
        }
        return "check sizes, flags and memory limits";
    }

    public int fd() {
        return fd;
    }

    public MapShape shape() {
        return shape;
    }

    /** Bytes that {@link #lookup} returns: the value, or for per-CPU maps one value rounded up to 8 for each CPU. */
    public int entryBytes() {
        return entryBytes;
    }

    LibBpf lib() {
        return lib;
    }

    /** Sets or replaces an entry. Throws {@link MapAccessException} when the map is full or has no such index. */
    public synchronized void update(byte[] key, byte[] value) {
        put(this.key, key, shape.keySize(), "key");
        put(this.value, value, entryBytes, "value");
        int error = lib.functions().bpf_map_update_elem(fd, this.key, this.value, 0);
        if (error < 0) {
            throw failed("update an entry of", error);
        }
    }

    /** Sets an entry that is not there yet; false if it is. Throws {@link MapAccessException} when the map is full. */
    public synchronized boolean insert(byte[] key, byte[] value) {
        put(this.key, key, shape.keySize(), "key");
        put(this.value, value, entryBytes, "value");
        int error = lib.functions().bpf_map_update_elem(fd, this.key, this.value, ONLY_NEW);
        if (error < 0 && error != -Errno.EEXIST) {
            throw failed("insert an entry into", error);
        }
        return error == 0;
    }

    /** The entry's bytes, or null when there is none. */
    public synchronized byte @Nullable [] lookup(byte[] key) {
        put(this.key, key, shape.keySize(), "key");
        return entry(lib.functions().bpf_map_lookup_elem(fd, this.key, value), "look up an entry of");
    }

    private byte @Nullable [] entry(int error, String what) {
        if (error == -Errno.ENOENT) {
            return null;
        }
        if (error < 0) {
            throw failed(what, error);
        }
        byte[] entry = new byte[entryBytes];
        value.get(0, entry, 0, entry.length);
        return entry;
    }

    /** Removes an entry of a hash and returns what it held at that moment; null when there is none. */
    public synchronized byte @Nullable [] take(byte[] key) {
        put(this.key, key, shape.keySize(), "key");
        return entry(lib.functions().bpf_map_lookup_and_delete_elem(fd, this.key, value), "take an entry out of");
    }

    /** True if the entry was there. */
    public synchronized boolean delete(byte[] key) {
        put(this.key, key, shape.keySize(), "key");
        int error = lib.functions().bpf_map_delete_elem(fd, this.key);
        if (error < 0 && error != -Errno.ENOENT) {
            throw failed("delete an entry of", error);
        }
        return error == 0;
    }

    /**
     * Hands over every key; the consumer may delete it. Programs that change a hash meanwhile can make a key come twice
     * or not at all: that is how the kernel iterates.
     */
    public void forEachKey(Consumer<byte[]> consumer) {
        // A key deleted under the iteration makes the kernel begin anew; without a bound that could go on for ever.
        long steps = 2L * Integer.toUnsignedLong(shape.maxEntries());
        byte[] next = keyAfter(null);
        for (long step = 0; next != null && step < steps; step++) {
            byte[] current = next;
            next = keyAfter(current);
            consumer.accept(current);
        }
    }

    private synchronized byte @Nullable [] keyAfter(byte @Nullable [] previous) {
        requireOpen();
        if (previous != null) {
            put(key, previous, shape.keySize(), "key");
        }
        int error = lib.functions().bpf_map_get_next_key(fd, previous == null ? null : key, nextKey);
        if (error == -Errno.ENOENT) {
            return null;
        }
        if (error < 0) {
            throw failed("list the keys of", error);
        }
        byte[] next = new byte[shape.keySize()];
        nextKey.get(0, next, 0, next.length);
        return next;
    }

    /**
     * The memory of an array created with {@link #MMAPABLE}, in this machine's byte order; entries lie at multiples of
     * the value size rounded up to 8. It ends with {@link #close}: touching it later crashes the JVM.
     */
    public synchronized ByteBuffer mmap() throws BpfException {
        requireOpen();
        Mapping mapped = mapping;
        if (mapped == null) {
            long bytes = ((shape.valueSize() + 7L) & ~7L) * Integer.toUnsignedLong(shape.maxEntries());
            mapped = Mapping.of(lib, shape.toString(), fd, 0, bytes, true);
            mapping = mapped;
        }
        return mapped.buffer().duplicate().order(mapped.buffer().order());
    }

    private void put(Pointer memory, byte[] bytes, int expected, String what) {
        requireOpen();
        if (bytes.length != expected) {
            throw new IllegalArgumentException(
                    "map " + shape.name() + ": a " + what + " has " + expected + " bytes, not " + bytes.length);
        }
        memory.put(0, bytes, 0, bytes.length);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("map " + shape.name() + " is closed");
        }
    }

    private MapAccessException failed(String what, int error) {
        return new MapAccessException(what + " map " + shape + ": " + Errno.text(error), -error);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (mapping != null) {
                mapping.close();
            }
            lib.libc().close(fd);
        }
    }
}
