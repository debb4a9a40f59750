package io.zerospan.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the running kernel and our rights allow. What had to be tried is false where trying was refused, so look at
 * {@link #mayLoad} before blaming the kernel.
 *
 * @param release as uname gives it
 * @param major 0 when the release does not begin with a version
 * @param btf the kernel describes its types in /sys/kernel/btf/vmlinux
 * @param uprobeMulti one link for many offsets works, and its pid filter means a process: before Linux 6.10 (6.6.33) it
 *     meant one thread, which counts as absent
 * @param bpfCookie a program can ask which offset it was attached to (Linux 5.15)
 * @param ringBuffer BPF ring buffers can be created (Linux 5.8)
 * @param lockdown {@code none}, {@code integrity} or {@code confidentiality}; empty where the kernel does not say
 * @param initialPidNamespace our pids are those that BPF programs see
 * @param capabilities the effective ones of those that matter here
 * @param root the effective user is 0
 */
public record KernelFeatures(
        String release,
        int major,
        int minor,
        boolean btf,
        boolean uprobeMulti,
        boolean bpfCookie,
        boolean ringBuffer,
        Optional<String> lockdown,
        boolean initialPidNamespace,
        Set<Capability> capabilities,
        boolean root) {

    private static final Pattern VERSION = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);
    private static final Pattern LOCKDOWN = Pattern.compile("\\[(\\w+)]");
    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+0\\s");

    /** {@code PROC_PID_INIT_INO}, the same on every kernel. */
    private static final String INITIAL_PID_NAMESPACE = "pid:[4026531836]";

    public KernelFeatures {
        capabilities = Set.copyOf(capabilities);
    }

    /** Looks and tries; never fails, what cannot be found out is absent. */
    public static KernelFeatures probe(LibBpf lib) {
        FeatureTrial trial = new FeatureTrial(lib);
        return of(Path.of("/"), trial.uprobeMulti(), trial.cookie(), trial.ringBuffer());
    }

    /** What can be told where libbpf is missing: all that would have to be tried counts as absent. */
    public static KernelFeatures readOnly() {
        return of(Path.of("/"), false, false, false);
    }

    /** The part that is read from files, below any root. */
    static KernelFeatures of(Path root, boolean uprobeMulti, boolean bpfCookie, boolean ringBuffer) {
        String release = read(root.resolve("proc/sys/kernel/osrelease")).strip();
        String status = read(root.resolve("proc/self/status"));
        Matcher version = VERSION.matcher(release);
        boolean known = version.matches();
        return new KernelFeatures(
                release,
                known ? Integer.parseInt(version.group(1)) : 0,
                known ? Integer.parseInt(version.group(2)) : 0,
                Files.isReadable(root.resolve("sys/kernel/btf/vmlinux")),
                uprobeMulti,
                bpfCookie,
                ringBuffer,
                LOCKDOWN.matcher(read(root.resolve("sys/kernel/security/lockdown")))
                        .results()
                        .map(match -> match.group(1))
                        .findFirst(),
                inInitialPidNamespace(root),
                Capability.effective(status),
                EFFECTIVE_USER.matcher(status).find());
    }

    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    /** A program's stack may be one of the CPU's, from Linux 6.13 on; an unknown kernel counts as new. */
    public boolean privateStacks() {
        return major == 0 || atLeast(6, 13);
    }

    /** True with the rights to load and attach tracing programs. */
    public boolean mayLoad() {
        return capabilities.contains(Capability.SYS_ADMIN)
                || (capabilities.contains(Capability.BPF) && capabilities.contains(Capability.PERFMON));
    }

    private static boolean inInitialPidNamespace(Path root) {
        try {
            return Files.readSymbolicLink(root.resolve("proc/self/ns/pid"))
                    .toString()
                    .equals(INITIAL_PID_NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // unknown is treated as no: wrong pids would be worse than a refusal
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // absent or forbidden: the record says so by its empty value
        }
    }
}
