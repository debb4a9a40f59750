package io.zerospan.libbpf;

import java.nio.file.Path;

/** Attaches programs to sockets and to the connections that cgroups open. */
public final class SocketPrograms {
    /** {@code O_RDONLY | O_DIRECTORY | O_CLOEXEC}; the second one differs on arm64. */
    private static final int FOLDER = 02000000 | (System.getProperty("os.arch").equals("aarch64") ? 040000 : 0200000);

    private final LibBpf lib;

    public SocketPrograms(LibBpf lib) {
        this.lib = lib;
    }

    /** An {@code sk_msg} program sees what the sockets in a map send, until the map goes. */
    public void attach(BpfProgram program, BpfMap sockets) throws BpfException {
        int error = new BpfSyscall(lib).attachToSockets(program.fd(), sockets.fd());
        if (error < 0) {
            throw new BpfException(
                    "attach " + program + " to map " + sockets.shape().name() + ": "
                            + Errno.text(error) + "; "
                            + Errno.advice(
                                    error,
                                    "is it an sk_msg program, and does the kernel have"
                                            + " CONFIG_BPF_STREAM_PARSER and CONFIG_INET?"));
        }
    }

    /** A {@code sockops} program sees the connections of a cgroup's processes, and of the cgroups below it. */
    public BpfLink attach(BpfProgram program, Path cgroup) throws BpfException {
        int folder = lib.libc().open(cgroup.toString(), FOLDER);
        if (folder < 0) {
            throw new BpfException("attach " + program + " to cgroup " + cgroup + ": " + Errno.text(lib.errno()));
        }
        try {
            int link = new BpfSyscall(lib).linkCgroup(program.fd(), folder);
            if (link < 0) {
                throw new BpfException("attach " + program + " to cgroup " + cgroup + ": " + Errno.text(link) + "; "
                        + Errno.advice(link, "is it a folder of cgroup v2?"));
            }
            return new ClosingLink(() -> lib.libc().close(link));
        } finally {
            lib.libc().close(folder);
        }
    }
}
