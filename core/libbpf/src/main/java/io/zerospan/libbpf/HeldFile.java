package io.zerospan.libbpf;

import java.nio.file.Path;

/**
 * A file held open, where the file system can with a read lease: whoever wants to write it waits until it is closed here.
 * Uprobes stay on an inode when its content is replaced, and would then sit in the midst of other instructions.
 */
public final class HeldFile implements AutoCloseable {
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int F_GETLEASE = 1025;
    private static final int F_RDLCK = 0;
    private static final int F_UNLCK = 2;
    /** Told when somebody waits. We ask instead, so it must be one that is ignored by default: SIGIO would end us. */
    private static final int SIGURG = 23;

    private final LibBpf lib;
    private final int fd;
    private final boolean leased;
    private boolean closed;

    private HeldFile(LibBpf lib, int fd, boolean leased) {
        this.lib = lib;
        this.fd = fd;
        this.leased = leased;
    }

    public static HeldFile open(LibBpf lib, Path file) throws BpfException {
        int fd = lib.libc().open(file.toString(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            throw new BpfException("open " + file + ": " + Errno.text(lib.errno()));
        }
        boolean leased =
                lib.libc().fcntl(fd, F_SETSIG, SIGURG) == 0 && lib.libc().fcntl(fd, F_SETLEASE, F_RDLCK) == 0;
        return new HeldFile(lib, fd, leased);
    }

    /** A path to just this file, whatever happens to the one it was opened by; good while it is open, in this process. */
    public Path path() {
        return Path.of("/proc/self/fd/" + fd);
    }

    /** False where the file system has no leases, or somebody is writing already. */
    public boolean leased() {
        return leased;
    }

    /** Whether somebody waits for us to close. The kernel lets him in after a time, 45 s by default. */
    public synchronized boolean wanted() {
        return leased && !closed && lib.libc().fcntl(fd, F_GETLEASE, 0) == F_UNLCK;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            lib.libc().close(fd); // gives the lease back
        }
    }
}
