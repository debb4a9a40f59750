package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What may be loaded from the plugins folder.
 *
 * @param access who may write it
 * @param checksums which files, and with which content
 */
record Admission(WriteAccess access, Checksums checksums) {

    /** @param list of checksums; null if everything may be loaded that nobody else may write */
    static Admission ofThisProcess(Path folder, @Nullable Path list) throws IOException, ComponentException {
        WriteAccess access = WriteAccess.ofThisProcess(System::getenv);
        access.checkFolder(folder);
        if (list == null) {
            return new Admission(access, Checksums.ANYTHING);
        }
        access.check(list);
        return new Admission(access, Checksums.read(list));
    }

    void check(Path folder, Path plugin) throws IOException, ComponentException {
        access.check(plugin);
        checksums.check(folder, plugin);
    }
}
