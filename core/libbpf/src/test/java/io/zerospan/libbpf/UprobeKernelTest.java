package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to attach must count the same hits under the same cookies. */
@KernelTest
class UprobeKernelTest {
    private static final long FIRST = 0x1_0000_0001L;
    private static final long SECOND = -2;

    @TempDir
    static Path folder;

    private static Path executable;
    private static byte[] elf;

    private LibBpf lib;
    private BpfObject object;
    private BpfMap counts;
    private TargetProcess target;

    @BeforeAll
    static void compile() {
        executable = new Clang(folder).executable("target.c");
        elf = new Clang(folder).object("probe.bpf.c");
    }

    @BeforeEach
    void start() throws Exception {
        lib = LibBpf.load();
        object = BpfObject.open(lib, "probe", elf);
        counts = BpfMap.create(lib, MapType.HASH, "counts", 8, 16, 64, 0);
        counts.update(Bytes.of(FIRST), new byte[16]);
        counts.update(Bytes.of(SECOND), new byte[16]);
        target = TargetProcess.start(executable);
    }

    @AfterEach
    void stop() {
        target.close();
        counts.close();
        object.close();
    }

    private BpfLink attach(boolean multi, Path file, long[] offsets, int pid) throws BpfException {
        KernelFeatures features = KernelFeatures.probe(lib);
        Assumptions.assumeTrue(!multi || features.uprobeMulti(), "kernel " + features.release() + ": no uprobe_multi");
        if (multi) {
            object.useUprobeMulti("on_hit");
        }
        object.reuse("counts", counts);
        object.load();
        return new Uprobes(lib, features)
                .attach(object.program("on_hit"), file, offsets, new long[] {FIRST, SECOND}, pid);
    }

    private long hits(long cookie) {
        return Bytes.words(counts.lookup(Bytes.of(cookie))).get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attach_everyProcess_countsEachHitUnderItsCookie(boolean multi) throws Exception {
        try (TargetProcess other = TargetProcess.start(executable);
                BpfLink link = attach(multi, executable, target.offsets(), 0)) {
            target.work(1000);
            other.work(10);
            assertThat(hits(FIRST)).isEqualTo(1010);
            assertThat(hits(SECOND)).isEqualTo(2020);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attach_onePid_countsAllItsThreadsAndNoOtherProcess(boolean multi) throws Exception {
        try (TargetProcess other = TargetProcess.start(executable);
                BpfLink link = attach(multi, executable, target.offsets(), target.pid())) {
            other.work(500);
            target.work(100);
            target.workInAnotherThread(20);
            assertThat(hits(FIRST)).isEqualTo(120);
            assertThat(hits(SECOND)).isEqualTo(240);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attach_throughProcPidExe_reachesTheFile(boolean multi) throws Exception {
        try (BpfLink link = attach(multi, Path.of("/proc/" + target.pid() + "/exe"), target.offsets(), -1)) {
            target.work(7);
            assertThat(hits(FIRST)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void close_twice_detachesOnce(boolean multi) throws Exception {
        BpfLink link = attach(multi, executable, target.offsets(), 0);
        target.work(5);
        link.close();
        link.close();
        target.work(5);
        assertThat(hits(FIRST)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attach_fileGone_saysSo(boolean multi) {
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> attach(multi, gone, target.offsets(), 0))
                .isInstanceOf(BpfException.class)
                .hasMessageStartingWith("attach probe: program on_hit to " + gone + " at ")
                .hasMessageEndingWith(
                        "ENOENT, no such file or entry; the file is gone, its process has probably ended");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attach_oneOffsetOutside_attachesNone(boolean multi) {
        long[] offsets = {target.offsets()[0], 1L << 40};
        assertThatThrownBy(() -> attach(multi, executable, offsets, 0))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("EINVAL");
        target.work(5);
        assertThat(hits(FIRST)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attach_pidGone_saysSo(boolean multi) throws Exception {
        int pid = (int) new ProcessBuilder("true").start().onExit().get().pid();
        assertThatThrownBy(() -> attach(multi, executable, target.offsets(), pid))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("(pid " + pid + ")")
                .hasMessageEndingWith("ESRCH, no such process; the process has ended");
    }

    @Test
    void attach_otherNumberOfCookies_isRefused() throws Exception {
        object.load();
        Uprobes uprobes = new Uprobes(lib, KernelFeatures.probe(lib));
        assertThatThrownBy(
                        () -> uprobes.attach(object.program("on_hit"), executable, target.offsets(), new long[] {1}, 0))
                .hasMessage("attach probe: program on_hit: 2 offsets and 1 cookies");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void attach_toDirectory_isRefusedInOneSentence(boolean multi) {
        assertThatThrownBy(() -> attach(multi, folder, target.offsets(), 0))
                .isInstanceOf(BpfException.class)
                .hasMessageStartingWith("attach probe: program on_hit to " + folder);
    }

    @Test
    void attach_processEndsWhileAttached_closesQuietly() throws Exception {
        BpfLink link = attach(true, executable, target.offsets(), target.pid());
        target.work(3);
        target.close();
        link.close();
        assertThat(hits(FIRST)).isEqualTo(3);
    }
}
