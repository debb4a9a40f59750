package io.zerospan.host.trace;

import io.zerospan.api.Propagation;
import io.zerospan.libbpf.WritingFeatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The ways on which the spans of one receiver's clients travel on, as far as this machine lets them.
 *
 * @param refused ways that were asked for and are not possible here, each with the reason
 */
record WaysOut(
        boolean connection, boolean memory, boolean socket, List<Propagation.Format> formats, List<String> refused) {
    /** In {@code zs_out_formats}: {@code ZS_OUT_TRACECONTEXT}, {@code ZS_OUT_B3}. */
    private static final Map<Propagation.Format, Long> CODES =
            Map.of(Propagation.Format.TRACECONTEXT, 1L, Propagation.Format.B3, 2L);

    static final String NO_MEMORY =
            "memory (the kernel lets nothing be written into programs: lockdown, or no CAP_SYS_ADMIN)";
    static final String NO_SOCKET =
            "socket (what sockets send can't be changed: no CAP_NET_ADMIN, or a kernel without CONFIG_BPF_STREAM_PARSER)";
    static final String NO_STORAGE =
            "socket (the kernel keeps nothing beside sockets: as Linux 7.3 does on a processor without cmpxchg16b)";
    static final String NO_CGROUPS = "socket (cgroup v2 is not mounted)";

    static final String MEMORY_LATER = "memory (it was not in use at the start: it takes a restart)";
    static final String SOCKET_LATER = "socket (it was not in use at the start: it takes a restart)";

    static WaysOut of(Propagation wanted, WritingFeatures machine) {
        List<String> refused = new ArrayList<>();
        if (wanted.memory() && !machine.memory()) {
            refused.add(NO_MEMORY);
        }
        if (wanted.socket() && !machine.messages()) {
            refused.add(NO_SOCKET);
        } else if (wanted.socket() && !machine.storage()) {
            refused.add(NO_STORAGE);
        } else if (wanted.socket() && machine.cgroups().isEmpty()) {
            refused.add(NO_CGROUPS);
        }
        return new WaysOut(
                wanted.connection(),
                wanted.memory() && machine.memory(),
                wanted.socket() && machine.sockets(),
                wanted.formats(),
                List.copyOf(refused));
    }

    /** The ways of writing are opened at the start alone: a receiver that comes later has those that are open. */
    static WaysOut among(Collection<WaysOut> open, Propagation wanted) {
        boolean memory = open.stream().anyMatch(WaysOut::memory);
        boolean socket = open.stream().anyMatch(WaysOut::socket);
        List<String> refused = new ArrayList<>();
        if (wanted.memory() && !memory) {
            refused.add(MEMORY_LATER);
        }
        if (wanted.socket() && !socket) {
            refused.add(SOCKET_LATER);
        }
        return new WaysOut(
                wanted.connection(),
                wanted.memory() && memory,
                wanted.socket() && socket,
                wanted.formats(),
                List.copyOf(refused));
    }

    /** What the client's probe has to know. */
    Map<String, Long> constants() {
        long codes = memory || socket ? formats.stream().mapToLong(CODES::get).reduce(0, (all, code) -> all | code) : 0;
        return Map.of("zs_hand_over", connection ? 1L : 0L, "zs_out_formats", codes);
    }

    /** Whether a traceparent is written, with which a tracestate goes along. */
    boolean writesTraceparent() {
        return (memory || socket) && formats.contains(Propagation.Format.TRACECONTEXT);
    }

    /** For the log. */
    @Override
    public String toString() {
        List<String> used = new ArrayList<>();
        if (connection) {
            used.add("connection");
        }
        if (memory) {
            used.add("memory");
        }
        if (socket) {
            used.add("socket");
        }
        return (used.isEmpty() ? "nothing" : String.join(", ", used))
                + (refused.isEmpty() ? "" : "; not possible here: " + String.join(", ", refused));
    }
}
