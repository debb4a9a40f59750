package io.zerospan.libbpf;

import jnr.ffi.Pointer;

/**
 * How often a program ran, and how long in all. The kernel counts only while {@link RunStatistics} are on.
 *
 * @param nanos without the trap that led to the program
 */
public record ProgramRuns(long count, long nanos) {
    public static final ProgramRuns NONE = new ProgramRuns(0, 0);

    /** {@code struct bpf_prog_info} up to {@code run_cnt}; without buffers the kernel fills in the plain fields alone. */
    private static final int INFO_BYTES = 208;

    private static final int INFO_RUN_TIME = 192;
    private static final int INFO_RUN_COUNT = 200;

    static ProgramRuns of(LibBpf lib, BpfProgram program) throws BpfException {
        Pointer info = lib.allocate(INFO_BYTES);
        int error = new BpfSyscall(lib).programInfo(program.fd(), info, INFO_BYTES);
        if (error < 0) {
            throw new BpfException("read the runs of " + program + ": " + Errno.text(error)
                    + "; run as root or with CAP_BPF and CAP_SYS_ADMIN");
        }
        return new ProgramRuns(info.getLong(INFO_RUN_COUNT), info.getLong(INFO_RUN_TIME));
    }

    /** What has come since. */
    public ProgramRuns since(ProgramRuns before) {
        return new ProgramRuns(count - before.count, nanos - before.nanos);
    }
}
