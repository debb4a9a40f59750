package io.zerospan.libbpf;

import java.util.Map;

/** Error numbers of Linux, equal on amd64 and arm64, as people search for them. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int E2BIG = 7;
    static final int EBADF = 9;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    static final int EOPNOTSUPP = 95;

    /** The kernel's own, unknown to the C library; eBPF and uprobes return it. */
    static final int ENOTSUPP = 524;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(EPERM, "EPERM, operation not permitted"),
            Map.entry(ENOENT, "ENOENT, no such file or entry"),
            Map.entry(ESRCH, "ESRCH, no such process"),
            Map.entry(E2BIG, "E2BIG, too big or full"),
            Map.entry(EBADF, "EBADF, bad file descriptor"),
            Map.entry(ENOMEM, "ENOMEM, out of memory"),
            Map.entry(EACCES, "EACCES, permission denied"),
            Map.entry(14, "EFAULT, bad address"),
            Map.entry(16, "EBUSY, device or resource busy"),
            Map.entry(EEXIST, "EEXIST, it exists already"),
            Map.entry(19, "ENODEV, no such device"),
            Map.entry(EINVAL, "EINVAL, invalid argument"),
            Map.entry(EMFILE, "EMFILE, too many open files"),
            Map.entry(28, "ENOSPC, no space left"),
            Map.entry(EOPNOTSUPP, "EOPNOTSUPP, not supported by this kernel"),
            Map.entry(ENOTSUPP, "ENOTSUPP, not supported by this kernel"));

    private Errno() {}

    /** The name and meaning; takes the number as the system call gives it or negated, as libbpf returns it. */
    static String text(int errno) {
        int positive = Math.abs(errno);
        return NAMES.getOrDefault(positive, "error " + positive);
    }

    /** What to do about an error that is no defect; {@code otherwise} for the others. */
    static String advice(int errno, String otherwise) {
        if (isPermission(errno)) {
            return "run as root or with CAP_BPF and CAP_PERFMON";
        }
        return Math.abs(errno) == EMFILE
                ? "raise the limit of open files, by 'ulimit -n 65536' or systemd's LimitNOFILE=65536"
                : otherwise;
    }

    static boolean isPermission(int errno) {
        int positive = Math.abs(errno);
        return positive == EPERM || positive == EACCES;
    }
}
