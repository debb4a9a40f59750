package io.zerospan.libbpf;

/**
 * While open, the kernel counts and times the runs of all its BPF programs, which costs each run two looks at the clock.
 * It ends with the file descriptor, however this process ends; {@code kernel.bpf_stats_enabled} is not touched.
 */
public final class RunStatistics implements AutoCloseable {
    private final LibBpf lib;
    private final int fd;
    private boolean closed;

    private RunStatistics(LibBpf lib, int fd) {
        this.lib = lib;
        this.fd = fd;
    }

    public static RunStatistics enable(LibBpf lib) throws BpfException {
        int fd = new BpfSyscall(lib).enableStatistics();
        if (fd < 0) {
            throw new BpfException("have the kernel count the runs of programs: " + Errno.text(fd)
                    + "; run as root or with CAP_SYS_ADMIN");
        }
        return new RunStatistics(lib, fd);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lib.libc().close(fd);
        }
    }
}
