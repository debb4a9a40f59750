package io.zerospan.host.trace;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How much CPU time the processes of a target have used between two looks. */
final class CpuClock {
    private final Times times;
    private Map<Integer, Long> before = new HashMap<>();

    /** CPU time of a process since its start, in nanoseconds. */
    @FunctionalInterface
    interface Times {
        long of(int pid) throws IOException;
    }

    CpuClock(Times times) {
        this.times = times;
    }

    /** Since the last look. A process that is new counts from now on, one that has ended no longer. */
    Map<String, Long> look(Map<String, Set<Integer>> targets) {
        Map<Integer, Long> now = new HashMap<>();
        Map<String, Long> used = new HashMap<>();
        targets.forEach((target, pids) -> {
            for (int pid : pids) {
                try {
                    long time = times.of(pid);
                    now.put(pid, time);
                    used.merge(target, Math.max(0, time - before.getOrDefault(pid, time)), Long::sum);
                } catch (IOException gone) {
                    used.merge(target, 0L, Long::sum);
                }
            }
        });
        before = now;
        return used;
    }
}
