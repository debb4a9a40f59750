package com.example.team;

import io.zerospan.api.ComponentException;
import io.zerospan.api.HostExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is there while spans flow, for scripts that wait for it. */
final class ReadyFile implements HostExtension {
    private final Path path;
    private boolean written;

    ReadyFile(Path path) {
        this.path = path;
    }

    /** What cannot work is said here, in one sentence: the host then does not start. */
    @Override
    public void start() throws ComponentException {
        try {
            Files.deleteIfExists(path); // of a host that was killed
        } catch (IOException e) {
            throw new ComponentException("remove " + path + ": " + e + "; choose another path", e);
        }
    }

    @Override
    public synchronized void ready() {
        try {
            Files.writeString(path, "ready\n");
            written = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stopping() {
        close();
    }

    @Override
    public synchronized void close() {
        if (written) {
            written = false;
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
