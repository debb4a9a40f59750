package io.zerospan.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which ways there are on this machine to write a header into another program's request.
 *
 * @param memory probes may write into the memory of a program ({@code bpf_probe_write_user}); refused under lockdown
 * @param messages programs may change what sockets send ({@code sk_msg})
 * @param storage the kernel has room for what they remember of a socket
 * @param cgroups where cgroup v2 is mounted
 */
public record WritingFeatures(boolean memory, boolean messages, boolean storage, Optional<Path> cgroups) {
    private static final long EXIT = 0x95;

    /** Writes 8 bytes from the stack to an address in user space, by helper 36. Never run. */
    private static final long[] WRITE = {
        0xfff80a7aL, // *(u64 *)(r10 - 8) = 0
        0xa1bf, // r1 = r10
        0xa2bf, // r2 = r10
        0xfffffff800000207L, // r2 += -8
        0x8000003b7L, // r3 = 8
        36L << 32 | 0x85, // call bpf_probe_write_user
        0xb7, // r0 = 0
        EXIT
    };

    /** {@code return SK_PASS}. */
    private static final long[] PASS = {0x1000000b7L, EXIT};

    /** Nothing works, or nothing was tried. */
    public static final WritingFeatures NONE = new WritingFeatures(false, false, false, Optional.empty());

    /** Tries; never fails. */
    public static WritingFeatures probe(LibBpf lib) {
        BpfSyscall bpf = new BpfSyscall(lib);
        return new WritingFeatures(
                loads(lib, bpf.loadUprobe(WRITE, 0)),
                loads(lib, bpf.loadMessages(PASS)),
                new SocketStorage(lib).works(),
                mounted(Path.of("/proc/self/mounts")));
    }

    /** All that it takes to write at sockets. */
    public boolean sockets() {
        return messages && storage && cgroups.isPresent();
    }

    private static boolean loads(LibBpf lib, int fd) {
        if (fd >= 0) {
            lib.libc().close(fd);
        }
        return fd >= 0;
    }

    static Optional<Path> mounted(Path mounts) {
        try (Stream<String> lines = Files.lines(mounts)) {
            return lines.map(line -> List.of(line.split(" ")))
                    .filter(words -> words.size() > 2 && words.get(2).equals("cgroup2"))
                    .map(words -> Path.of(words.get(1)))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
