package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which file a path leads to, and by what one sees that it was written. */
record FileState(Object device, Object inode, Object size, Object modified) {
    boolean sameFile(FileState other) {
        return device.equals(other.device) && inode.equals(other.inode);
    }

    /** Null if the path leads nowhere. */
    static @Nullable FileState of(Path file) {
        try {
            var attributes = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime");
            return new FileState(
                    Objects.requireNonNull(attributes.get("dev")),
                    Objects.requireNonNull(attributes.get("ino")),
                    Objects.requireNonNull(attributes.get("size")),
                    Objects.requireNonNull(attributes.get("lastModifiedTime")));
        } catch (IOException e) {
            return null;
        }
    }
}
