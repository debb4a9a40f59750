package io.zerospan.libbpf;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Measures {@link TrapCost} on ourselves: a loop of a few instructions in a file in memory, with an empty program at an
 * instruction of each kind. The shortest of several rounds counts: what disturbs a round only makes it longer.
 */
public final class TrapTrial {
    /** {@code mov ecx, edi; again: nop; dec ecx; jnz again; ret}. */
    private static final byte[] LOOP = {(byte) 0x89, (byte) 0xf9, (byte) 0x90, -1, (byte) 0xc9, 0x75, -5, (byte) 0xc3};

    private static final int EMULATED_AT = 2;
    private static final int STEPPED_AT = 3;

    /** Of few hits each, so that some fall between two interruptions: 500 hits, about 5 ms where a step takes 10 µs. */
    private static final int ROUNDS = 10;

    private static final int HITS = 50;

    private static final int CLOSE_ON_EXEC = 1;
    private static final int READ_EXECUTE = 5;
    private static final int PRIVATE = 2;
    private static final long MAP_FAILED = -1;
    private static final long[] EMPTY_PROGRAM = {0xb7, 0x95};

    private final LibBpf lib;
    private final BpfSyscall bpf;

    private TrapTrial(LibBpf lib) {
        this.lib = lib;
        this.bpf = new BpfSyscall(lib);
    }

    /** Empty where that can't be tried: the loop is for amd64, and attaching takes uprobe_multi. */
    public static Optional<TrapCost> run(LibBpf lib, KernelFeatures kernel) {
        if (!System.getProperty("os.arch").equals("amd64") || !kernel.uprobeMulti()) {
            return Optional.empty();
        }
        return new TrapTrial(lib).inMemory();
    }

    private Optional<TrapCost> inMemory() {
        int fd = lib.libc().memfd_create("zs_trial", CLOSE_ON_EXEC);
        if (fd < 0) {
            return Optional.empty();
        }
        try {
            Path file = Path.of("/proc/self/fd/" + fd);
            Files.write(file, LOOP);
            int page = lib.libc().getpagesize();
            long code = lib.libc().mmap(null, page, READ_EXECUTE, PRIVATE, fd, 0);
            if (code == MAP_FAILED) {
                return Optional.empty();
            }
            try {
                return measure(file, code);
            } finally {
                lib.libc().munmap(code, page);
            }
        } catch (IOException e) {
            return Optional.empty(); // a system that lets nobody write what may run
        } finally {
            lib.libc().close(fd);
        }
    }

    private Optional<TrapCost> measure(Path file, long code) {
        int program = bpf.loadUprobe(EMPTY_PROGRAM, BpfSyscall.UPROBE_MULTI);
        if (program < 0) {
            return Optional.empty();
        }
        try {
            long emulated = nanos(program, file, EMULATED_AT, code);
            long stepped = nanos(program, file, STEPPED_AT, code);
            return emulated <= 0 || stepped <= 0
                    ? Optional.empty()
                    : Optional.of(new TrapCost(emulated, Math.max(emulated, stepped)));
        } finally {
            lib.libc().close(program);
        }
    }

    /** Of one hit; 0 if nothing can be attached. */
    private long nanos(int program, Path file, long offset, long code) {
        byte[] path = file.toString().getBytes(StandardCharsets.US_ASCII);
        int self = (int) ProcessHandle.current().pid();
        int link = bpf.linkUprobes(program, path, new long[] {offset}, new long[] {0}, self);
        if (link < 0) {
            return 0;
        }
        try {
            return quickestRound(code) / HITS;
        } finally {
            lib.libc().close(link);
        }
    }

    private static long quickestRound(long code) {
        CallContext call =
                CallContext.getCallContext(Type.SINT64, new Type[] {Type.SINT64}, CallingConvention.DEFAULT, false);
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            Invoker.getInstance().invokeN1(call, code, HITS);
            quickest = Math.min(quickest, System.nanoTime() - began);
        }
        return quickest;
    }
}
