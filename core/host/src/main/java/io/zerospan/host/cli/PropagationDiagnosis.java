package io.zerospan.host.cli;

import static io.zerospan.host.cli.Finding.ok;
import static io.zerospan.host.cli.Finding.warn;

import io.zerospan.libbpf.WritingFeatures;
import java.util.List;

/** By which ways spans can travel from a client into the next service here: {@code http_client}'s {@code propagation}. */
final class PropagationDiagnosis {
    private PropagationDiagnosis() {}

    /** @param tried false where nothing could be tried, for want of rights or of libbpf */
    static List<Finding> of(WritingFeatures writing, boolean tried) {
        return List.of(
                ok("propagation", "by the connection: between services of this host"),
                memory(writing.memory(), tried),
                socket(writing, tried));
    }

    private static Finding memory(boolean works, boolean tried) {
        String subject = "propagation: memory";
        if (works) {
            return ok(subject, "works");
        }
        return tried
                ? warn(
                        subject,
                        "refused: the kernel lets no probe write into programs, as under lockdown and Secure Boot; to"
                                + " reach other hosts set http_client's propagation: {socket: true}")
                : untried(subject);
    }

    private static Finding socket(WritingFeatures writing, boolean tried) {
        String subject = "propagation: socket";
        if (!writing.messages()) {
            return tried
                    ? warn(
                            subject,
                            "refused: this kernel can't change what sockets send; it needs CONFIG_BPF_STREAM_PARSER")
                    : untried(subject);
        }
        return writing.cgroups()
                .map(mount -> ok(subject, "works in the cgroups below " + mount + "; off unless asked for"))
                .orElseGet(() -> warn(subject, "cgroup v2 is not mounted: mount -t cgroup2 none /sys/fs/cgroup"));
    }

    private static Finding untried(String subject) {
        return warn(subject, "not tried, for want of what is missing above");
    }
}
