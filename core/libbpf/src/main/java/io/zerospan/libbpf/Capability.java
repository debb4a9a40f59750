package io.zerospan.libbpf;

import java.util.EnumSet;
import java.util.Set;

/** The rights that matter for eBPF, with their bit numbers (include/uapi/linux/capability.h). */
public enum Capability {
    DAC_OVERRIDE(1),
    DAC_READ_SEARCH(2),
    NET_ADMIN(12),
    SYS_PTRACE(19),
    SYS_ADMIN(21),
    SYS_RESOURCE(24),
    LEASE(28),
    PERFMON(38),
    BPF(39);

    private static final String LINE = "CapEff:";

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Reads {@code /proc/PID/status}; none where the line is missing or unreadable. */
    static Set<Capability> effective(String status) {
        Set<Capability> held = EnumSet.noneOf(Capability.class);
        long mask = status.lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip())
                .filter(text -> text.matches("[0-9a-f]{1,16}"))
                .mapToLong(text -> Long.parseUnsignedLong(text, 16))
                .findFirst()
                .orElse(0);
        for (Capability capability : values()) {
            if (((mask >>> capability.bit) & 1) != 0) {
                held.add(capability);
            }
        }
        return held;
    }
}
