package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.OverlayFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Identity of an executable: what the kernel attaches uprobes to is the inode, whatever the path, and in an overlay mount
 * the one that lies below it. Size and time of change tell it from a later file that got the number of a deleted one.
 */
record ExecutableId(long device, long inode, long size, long modified) {

    /** The same inode, whatever is in it. */
    boolean sameFile(ExecutableId other) {
        return device == other.device && inode == other.inode;
    }

    static ExecutableId of(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime");
        long size = number(attributes, "size");
        long modified = ((FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime"))).toMillis();
        Optional<UUID> below = below(file);
        return below.isPresent()
                ? new ExecutableId(
                        below.get().getMostSignificantBits(), below.get().getLeastSignificantBits(), size, modified)
                : new ExecutableId(number(attributes, "dev"), number(attributes, "ino"), size, modified);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return (Long) Objects.requireNonNull(attributes.get(name));
    }

    /** Stands for the handle of a file below an overlay: a digest of it, as long as two numbers. */
    private static Optional<UUID> below(Path file) {
        try {
            return OverlayFile.below(LibBpf.load(), file).map(UUID::nameUUIDFromBytes);
        } catch (BpfException e) {
            return Optional.empty(); // nothing is attached without the library
        }
    }
}
