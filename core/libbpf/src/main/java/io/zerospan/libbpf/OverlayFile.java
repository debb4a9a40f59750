package io.zerospan.libbpf;

import java.nio.file.Path;
import java.util.Optional;
import jnr.ffi.Pointer;

/**
 * A file of an overlay mount. Uprobes belong to the inode of the layer below, and that shows through every mount of it,
 * each time with another device number: two containers of one image run the same inode.
 */
public final class OverlayFile {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    /** For comparing, not for opening: what overlays know of a file since Linux 6.6. */
    private static final int AT_HANDLE_FID = 0x200;
    /** {@code OVL_FILEID_V1}: behind it lies the handle of the file below. */
    private static final int OVERLAY = 0xf8;

    private static final int HEADER_BYTES = 8;
    /** {@code MAX_HANDLE_SZ}. */
    private static final int MOST_BYTES = 128;

    private OverlayFile() {}

    /** Says which file lies below, the same in all mounts; empty if it is no file of an overlay, or the kernel is too old. */
    public static Optional<byte[]> below(LibBpf lib, Path file) {
        Pointer handle = lib.allocate(HEADER_BYTES + MOST_BYTES);
        Pointer mount = lib.allocate(Integer.BYTES);
        handle.putInt(0, MOST_BYTES);
        int failed = lib.libc()
                .name_to_handle_at(AT_FDCWD, file.toString(), handle, mount, AT_SYMLINK_FOLLOW | AT_HANDLE_FID);
        if (failed != 0 || handle.getInt(4) != OVERLAY) {
            return Optional.empty();
        }
        byte[] below = new byte[Math.min(handle.getInt(0), MOST_BYTES)];
        handle.get(HEADER_BYTES, below, 0, below.length);
        return Optional.of(below);
    }
}
