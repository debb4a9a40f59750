package io.zerospan.host.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * Identity of an executable: what the kernel attaches uprobes to is the inode, whatever the path. Size and time of
 * change tell it from a later file that got the number of a deleted one.
 */
record ExecutableId(long device, long inode, long size, long modified) {

    /** The same inode, whatever is in it. */
    boolean sameFile(ExecutableId other) {
        return device == other.device && inode == other.inode;
    }

    static ExecutableId of(Path file) throws IOException {
        var attributes = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime");
        return new ExecutableId(
                (Long) Objects.requireNonNull(attributes.get("dev")),
                (Long) Objects.requireNonNull(attributes.get("ino")),
                (Long) Objects.requireNonNull(attributes.get("size")),
                ((FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime"))).toMillis());
    }
}
