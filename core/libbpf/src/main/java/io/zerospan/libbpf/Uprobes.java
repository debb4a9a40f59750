package io.zerospan.libbpf;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * Attaches programs to offsets in executables: one uprobe_multi link for all where the program was prepared for it, else
 * one perf event for each offset. The programs see the same registers and cookies either way. Closing perf events takes
 * the kernel about 0.1 s for each offset, one after the other whatever the number of threads; a uprobe_multi link takes
 * that once.
 */
public final class Uprobes {
    /** {@code struct bpf_uprobe_opts} of libbpf 1.1: size, reference counter, cookie, return probe, function name. */
    private static final int OPTIONS_BYTES = 40;

    private static final int OPTIONS_COOKIE = 16;

    /** perf_event_open's "any process"; uprobe_multi says 0. */
    private static final int EVERY_PROCESS = -1;

    private final LibBpf lib;
    private final KernelFeatures features;

    public Uprobes(LibBpf lib, KernelFeatures features) {
        this.lib = lib;
        this.features = features;
    }

    /**
     * One link for all offsets; either all of them are attached or none.
     *
     * @param file opened by the kernel as it is, so {@code /proc/PID/exe} and {@code /proc/PID/root/...} reach into other
     *     mount namespaces
     * @param offsets in the file, each the first byte of an instruction
     * @param cookies what the program gets from bpf_get_attach_cookie, one for each offset, or none at all
     * @param pid of one process as this pid namespace numbers it, with all its threads; 0 or less for every process
     */
    public BpfLink attach(BpfProgram program, Path file, long[] offsets, long[] cookies, int pid) throws BpfException {
        if (offsets.length == 0 || (cookies.length != 0 && cookies.length != offsets.length)) {
            throw new IllegalArgumentException(
                    "attach " + program + ": " + offsets.length + " offsets and " + cookies.length + " cookies");
        }
        long[] allCookies = cookies.length == 0 ? new long[offsets.length] : cookies;
        // The kernel takes the bytes of a path; this is the encoding in which the JVM read them.
        byte[] path = file.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        Target target = new Target(program, file, pid);
        program.fd();
        return program.uprobeMulti()
                ? attachAll(target, path, offsets, allCookies)
                : new ClosingLink(attachEach(target, path, offsets, allCookies));
    }

    private record Target(BpfProgram program, Path file, int pid) {
        BpfException failed(String where, int errno, String log) {
            String process = pid > 0 ? " (pid " + pid + ")" : "";
            return new BpfException(
                    "attach " + program + " to " + file + process + " at " + where + ": " + Errno.text(errno) + "; "
                            + advice(errno),
                    log);
        }

        private String advice(int errno) {
            return switch (Math.abs(errno)) {
                case Errno.ENOENT -> "the file is gone, its process has probably ended";
                case Errno.ESRCH -> "the process has ended";
                case Errno.EBADF -> "it is no regular file";
                case Errno.EPERM, Errno.EACCES -> "run as root or with CAP_BPF, CAP_PERFMON and CAP_SYS_PTRACE";
                case Errno.EINVAL -> "is every offset inside the file, and this kernel one that can attach this way?";
                case Errno.ENOTSUPP, Errno.EOPNOTSUPP ->
                    "the kernel cannot probe the instruction there," + " or knows no cookies (they need Linux 5.15)";
                default -> "see the log and dmesg";
            };
        }
    }

    private BpfLink attachAll(Target target, byte[] path, long[] offsets, long[] cookies) throws BpfException {
        int link =
                new BpfSyscall(lib).linkUprobes(target.program.fd(), path, offsets, cookies, Math.max(target.pid, 0));
        if (link < 0) {
            String where =
                    offsets.length == 1 ? "offset 0x" + Long.toHexString(offsets[0]) : offsets.length + " offsets";
            throw target.failed(where, link, "kernel " + features.release() + ", uprobe_multi");
        }
        return new ClosingLink(() -> lib.libc().close(link));
    }

    private Runnable attachEach(Target target, byte[] path, long[] offsets, long[] cookies) throws BpfException {
        Pointer file = lib.copyText(path);
        Pointer options = lib.allocate(OPTIONS_BYTES);
        options.putLong(0, OPTIONS_BYTES);
        List<Pointer> links = new ArrayList<>();
        Runnable detach = () -> links.forEach(lib.functions()::bpf_link__destroy);
        int pid = target.pid > 0 ? target.pid : EVERY_PROCESS;
        for (int i = 0; i < offsets.length; i++) {
            options.putLong(OPTIONS_COOKIE, cookies[i]);
            lib.log().begin();
            Pointer link = lib.functions()
                    .bpf_program__attach_uprobe_opts(target.program.handle(), pid, file, offsets[i], options);
            int errno = lib.errno();
            String log = lib.log().end();
            if (link == null) {
                detach.run();
                throw target.failed("offset 0x" + Long.toHexString(offsets[i]), errno, log);
            }
            links.add(link);
        }
        return detach;
    }
}
