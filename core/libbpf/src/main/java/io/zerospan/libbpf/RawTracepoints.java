package io.zerospan.libbpf;

import jnr.ffi.Pointer;

/** Attaches programs to raw tracepoints, such as {@code sched_process_exec}. */
public final class RawTracepoints {
    private final LibBpf lib;

    public RawTracepoints(LibBpf lib) {
        this.lib = lib;
    }

    public BpfLink attach(BpfProgram program, String tracepoint) throws BpfException {
        program.fd();
        lib.log().begin();
        Pointer link = lib.functions().bpf_program__attach_raw_tracepoint(program.handle(), tracepoint);
        int errno = lib.errno();
        String log = lib.log().end();
        if (link == null) {
            String advice = switch (errno) {
                case Errno.ENOENT -> "this kernel has no such tracepoint";
                case Errno.EPERM, Errno.EACCES -> "run as root or with CAP_BPF and CAP_PERFMON";
                default -> "is it a raw_tp program that fits this tracepoint?";
            };
            throw new BpfException(
                    "attach " + program + " to raw tracepoint " + tracepoint + ": " + Errno.text(errno) + "; " + advice,
                    log);
        }
        return new ClosingLink(() -> lib.functions().bpf_link__destroy(link));
    }
}
