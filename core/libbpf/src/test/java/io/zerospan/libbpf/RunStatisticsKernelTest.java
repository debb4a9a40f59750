package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KernelTest
class RunStatisticsKernelTest {
    private static final int HITS = 1000;

    @TempDir
    static Path folder;

    @Test
    void runs_areCountedAndTimedWhileStatisticsAreOn() throws Exception {
        LibBpf lib = LibBpf.load();
        Path executable = new Clang(folder).executable("target.c");
        try (BpfObject object = BpfObject.open(lib, "probe", new Clang(folder).object("probe.bpf.c"));
                TargetProcess target = TargetProcess.start(executable)) {
            object.load();
            BpfProgram program = object.program("on_hit");
            long[] first = {target.offsets()[0]};
            try (BpfLink link = new Uprobes(lib, KernelFeatures.probe(lib))
                    .attach(program, executable, first, new long[0], target.pid())) {
                ProgramRuns before = program.runs();
                try (RunStatistics on = RunStatistics.enable(lib)) {
                    target.work(HITS);
                }
                ProgramRuns during = program.runs().since(before);
                assertThat(during.count()).isEqualTo(HITS);
                assertThat(during.nanos()).isPositive();
            }
        }
    }

    @Test
    void trial_findsThatASecondTrapCosts() throws Exception {
        LibBpf lib = LibBpf.load();
        KernelFeatures kernel = KernelFeatures.probe(lib);
        Assumptions.assumeTrue(
                kernel.uprobeMulti() && System.getProperty("os.arch").equals("amd64"), "needs uprobe_multi on amd64");
        TrapCost cost = TrapTrial.run(lib, kernel).orElseThrow();
        assertThat(cost.emulatedNanos()).isPositive();
        assertThat(cost.steppedNanos()).isGreaterThan(cost.emulatedNanos());
    }
}
