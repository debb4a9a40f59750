package io.zerospan.libbpf;

import jnr.ffi.Pointer;

/** Finds out what the kernel can by doing it on a small scale; leaves nothing behind. */
final class FeatureTrial {
    /** {@code BPF_ALU64 | BPF_MOV | BPF_K}: r0 = 0. */
    private static final long RETURN_ZERO = 0xb7;

    private static final long EXIT = 0x95;

    /** {@code call bpf_get_attach_cookie}, helper 174; r1 is still the context. */
    private static final long CALL_COOKIE = 174L << 32 | 0x85;

    private final LibBpf lib;
    private final BpfSyscall bpf;

    FeatureTrial(LibBpf lib) {
        this.lib = lib;
        this.bpf = new BpfSyscall(lib);
    }

    /**
     * Attaching to a directory must fail for being a directory, which tells that all else was understood. The first
     * kernels with uprobe_multi filtered by thread; the repaired ones refuse a negative pid before they look at the path
     * (Linux commit 46ba0e49b642).
     */
    boolean uprobeMulti() {
        int program = bpf.loadUprobe(new long[] {RETURN_ZERO, EXIT}, BpfSyscall.UPROBE_MULTI);
        if (program < 0) {
            return false;
        }
        try {
            return link(program, 0) == -Errno.EBADF && link(program, -1) == -Errno.EINVAL;
        } finally {
            lib.libc().close(program);
        }
    }

    private int link(int program, int pid) {
        int link = bpf.linkUprobes(program, new byte[] {'/'}, new long[] {0}, new long[] {0}, pid);
        if (link >= 0) {
            lib.libc().close(link);
        }
        return link;
    }

    boolean cookie() {
        return created(bpf.loadUprobe(new long[] {CALL_COOKIE, EXIT}, 0));
    }

    boolean ringBuffer() {
        Pointer options = lib.allocate(Long.BYTES);
        options.putLong(0, Long.BYTES);
        int page = lib.libc().getpagesize();
        return created(lib.functions().bpf_map_create(MapType.RINGBUF.number(), "zs_trial", 0, 0, page, options));
    }

    private boolean created(int fd) {
        if (fd >= 0) {
            lib.libc().close(fd);
        }
        return fd >= 0;
    }
}
