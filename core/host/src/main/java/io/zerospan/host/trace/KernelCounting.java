package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.ProgramRuns;
import io.zerospan.libbpf.RunStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Runs of the programs in all executables that are attached. Only the thread that attaches may ask. */
final class KernelCounting implements ProbeCosts.Counting {
    private final LibBpf lib;
    private final Discovery discovery;
    private final CpuClock cpu = new CpuClock(ProcFs::cpuNanos);

    KernelCounting(LibBpf lib, Discovery discovery) {
        this.lib = lib;
        this.discovery = discovery;
    }

    @Override
    public AutoCloseable begin() throws BpfException {
        return RunStatistics.enable(lib);
    }

    @Override
    public Map<TracedHook, ProgramRuns> runs() {
        Map<TracedHook, ProgramRuns> runs = new HashMap<>();
        discovery
                .executables()
                .forEach(executable -> runs.putAll(executable.tracer().runs()));
        return runs;
    }

    @Override
    public Map<String, Long> cpuNanos() {
        Map<String, Set<Integer>> pids = new HashMap<>();
        discovery
                .executables()
                .forEach(executable ->
                        pids.merge(executable.tracer().executable().path(), executable.pids(), KernelCounting::union));
        return cpu.look(pids);
    }

    private static Set<Integer> union(Set<Integer> some, Set<Integer> others) {
        Set<Integer> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
