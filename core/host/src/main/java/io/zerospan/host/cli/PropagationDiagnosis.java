package io.zerospan.host.cli;

import static io.zerospan.host.cli.Finding.ok;
import static io.zerospan.host.cli.Finding.warn;

import io.zerospan.libbpf.Capability;
import io.zerospan.libbpf.WritingFeatures;
import java.util.List;
import java.util.Set;

/** By which ways spans can travel from a client into the next service here: {@code http_client}'s {@code propagation}. */
final class PropagationDiagnosis {
    private static final String OTHERWISE = "to reach other hosts set http_client's propagation: {socket: true}";

    private PropagationDiagnosis() {}

    /** @param tried false where nothing could be tried, for want of rights or of libbpf */
    static List<Finding> of(WritingFeatures writing, boolean tried, Set<Capability> held) {
        boolean all = held.contains(Capability.SYS_ADMIN);
        return List.of(
                ok("propagation", "by the connection: between services of this host"),
                memory(writing.memory(), tried, all),
                socket(writing, tried, all || held.contains(Capability.NET_ADMIN)));
    }

    private static Finding memory(boolean works, boolean tried, boolean allowed) {
        String subject = "propagation: memory";
        if (works) {
            return ok(subject, "works");
        }
        if (tried && !allowed) {
            return warn(subject, "refused: only CAP_SYS_ADMIN may write into programs; " + OTHERWISE);
        }
        return tried
                ? warn(
                        subject,
                        "refused: the kernel lets no probe write into programs, as under lockdown and Secure Boot; "
                                + OTHERWISE)
                : untried(subject);
    }

    private static Finding socket(WritingFeatures writing, boolean tried, boolean allowed) {
        String subject = "propagation: socket";
        if (!writing.messages() && tried && !allowed) {
            return warn(subject, "refused: to change what sockets send takes CAP_NET_ADMIN; off unless asked for");
        }
        if (!writing.messages()) {
            return tried
                    ? warn(
                            subject,
                            "refused: this kernel can't change what sockets send; it needs CONFIG_BPF_STREAM_PARSER")
                    : untried(subject);
        }
        if (!writing.storage()) {
            return warn(
                    subject,
                    "refused: this kernel keeps nothing beside sockets, as Linux 7.3 does on a processor without"
                            + " cmpxchg16b; is cx16 in /proc/cpuinfo?");
        }
        return writing.cgroups()
                .map(mount -> ok(subject, "works in the cgroups below " + mount + "; off unless asked for"))
                .orElseGet(() -> warn(subject, "cgroup v2 is not mounted: mount -t cgroup2 none /sys/fs/cgroup"));
    }

    private static Finding untried(String subject) {
        return warn(subject, "not tried, for want of what is missing above");
    }
}
