package io.zerospan.gobinary;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Random access to a file through a small cache of pages. Not mapped: Java 17 unmaps only when the collector runs, so
 * that every binary ever looked at would stay in the resident set, and a mapped file that shrinks raises SIGBUS.
 * Single-threaded; {@link GoBinary} locks.
 */
final class FilePages implements AutoCloseable {
    static final int PAGE_BYTES = 1 << 15;
    /** 8 MiB of pages at most, whatever the file's size: the tables of a usual program fit. */
    static final int SLOTS = 256;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Reading a program of 140,000 functions takes 20 million reads; tables made to be walked for ever are left after some
     * seconds.
     */
    private static final long MAX_READS = 1 << 30;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final @Nullable FileState opened;
    private long reads;
    private final byte[][] pages = new byte[SLOTS][];
    private final long[] held = new long[SLOTS];
    private byte[] current = new byte[0];
    private long currentPage = -1;
    private String part = "header";

    private FilePages(Path file, FileChannel channel, long size, @Nullable FileState opened) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.opened = opened;
    }

    static FilePages open(Path file) throws GoBinaryException {
        ForeignFile.checkRegular(file);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            return new FilePages(file, channel, channel.size(), FileState.of(file));
        } catch (IOException e) {
            if (channel != null) closeQuietly(channel, e);
            throw ForeignFile.unopened(file, e);
        }
    }

    /** An open file, and how messages name it. */
    static FilePages of(Path name, FileChannel channel) throws IOException {
        return new FilePages(name, channel, channel.size(), null);
    }

    private static void closeQuietly(FileChannel channel, IOException reason) {
        try {
            channel.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    Path file() {
        return file;
    }

    long reads() {
        return reads;
    }

    long size() {
        return size;
    }

    /**
     * Throws if the file was written since it was opened: what was read then fits nothing. One that was replaced by another
     * of the same name is still whole here.
     */
    void checkUnchanged() throws GoBinaryException {
        FileState now = FileState.of(file);
        if (opened == null || now == null || !now.sameFile(opened) || now.equals(opened)) return;
        throw new GoBinaryException(file + ": it was written while it was read; try again when that is done");
    }

    /** Names the part of the file that is read from now on, for error texts. */
    void reading(String part) {
        this.part = part;
    }

    GoBinaryException failure(String problem) {
        return new GoBinaryException(file + ": " + part + ": " + problem);
    }

    int u8(long offset) throws GoBinaryException {
        return page(offset, 1)[(int) offset & (PAGE_BYTES - 1)] & 0xff;
    }

    int i32(long offset) throws GoBinaryException {
        int at = (int) offset & (PAGE_BYTES - 1);
        byte[] page = page(offset, Integer.BYTES);
        if (at <= PAGE_BYTES - Integer.BYTES) return (int) INT.get(page, at);
        return (int) INT.get(bytes(offset, Integer.BYTES), 0);
    }

    long i64(long offset) throws GoBinaryException {
        int at = (int) offset & (PAGE_BYTES - 1);
        byte[] page = page(offset, Long.BYTES);
        if (at <= PAGE_BYTES - Long.BYTES) return (long) LONG.get(page, at);
        return (long) LONG.get(bytes(offset, Long.BYTES), 0);
    }

    byte[] bytes(long offset, int length) throws GoBinaryException {
        check(offset, length);
        byte[] copy = new byte[length];
        for (int done = 0; done < length; ) {
            long position = offset + done;
            int at = (int) position & (PAGE_BYTES - 1);
            int count = Math.min(length - done, PAGE_BYTES - at);
            System.arraycopy(page(position, 1), at, copy, done, count);
            done += count;
        }
        return copy;
    }

    /** Offset of the first word equal to {@code word} among those {@code step} bytes apart from {@code from}, or -1. */
    long find(long word, long from, long end, int step) throws GoBinaryException {
        long last = Math.min(end, size) - Long.BYTES;
        for (long offset = from; offset <= last; ) {
            byte[] page = page(offset, Long.BYTES);
            int at = (int) offset & (PAGE_BYTES - 1);
            int limit = (int) Math.min(PAGE_BYTES - Long.BYTES, at + (last - offset));
            int start = at;
            for (; at <= limit; at += step) {
                if ((long) LONG.get(page, at) == word) return offset + at - start;
            }
            offset += at - start;
            if (at < PAGE_BYTES && offset <= last) { // an unaligned word across two pages
                if (i64(offset) == word) return offset;
                offset += step;
            }
        }
        return -1;
    }

    private byte[] page(long offset, int length) throws GoBinaryException {
        check(offset, length);
        if (++reads > MAX_READS)
            throw failure("its tables lead on and on; no real program needs " + MAX_READS + " reads");
        long page = offset / PAGE_BYTES;
        if (page == currentPage) return current;
        int slot = (int) (page % SLOTS);
        if (pages[slot] == null || held[slot] != page) load(slot, page);
        currentPage = page;
        current = pages[slot];
        return current;
    }

    private void check(long offset, int length) throws GoBinaryException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw failure(length + " bytes at offset 0x" + Long.toHexString(offset)
                    + " lie beyond the end of the file (" + size + " bytes)");
        }
    }

    private void load(int slot, long page) throws GoBinaryException {
        byte[] target = pages[slot] == null ? new byte[PAGE_BYTES] : pages[slot];
        currentPage = -1; // the slot may be the current one
        held[slot] = -1;
        pages[slot] = target;
        long position = page * PAGE_BYTES;
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, (int) Math.min(PAGE_BYTES, size - position));
        try {
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, position + buffer.position());
                if (count < 0)
                    throw failure("the file shrank while it was read, at offset 0x" + Long.toHexString(position));
            }
        } catch (IOException e) {
            throw new GoBinaryException(
                    file + ": " + part + ": cannot be read at offset 0x" + Long.toHexString(position) + ": "
                            + ForeignFile.reason(e),
                    e);
        }
        held[slot] = page;
    }

    /** Gives up what was read; it is read anew when it is asked for. */
    void forget() {
        reads = 0;
        Arrays.fill(pages, null);
        current = new byte[0];
        currentPage = -1;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // read-only: nothing can be lost
        }
        Arrays.fill(pages, null);
        current = new byte[0];
        currentPage = -1;
    }
}
