package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KernelTest
class ObjectKernelTest {
    @TempDir
    Path folder;

    private LibBpf lib;
    private Clang clang;

    @BeforeEach
    void load() throws Exception {
        lib = LibBpf.load();
        clang = new Clang(folder);
    }

    private BpfMap ring(int bytes) throws BpfException {
        return BpfMap.create(lib, MapType.RINGBUF, "hits", 0, 0, bytes, 0);
    }

    private BpfLink attach(BpfObject object, String program, TargetProcess target, long cookie) throws BpfException {
        return new Uprobes(lib, KernelFeatures.probe(lib))
                .attach(
                        object.program(program),
                        Path.of("/proc/" + target.pid() + "/exe"),
                        new long[] {target.offsets()[0]},
                        new long[] {cookie},
                        target.pid());
    }

    @Test
    void reuse_twoObjects_shareOneMapAndOneRing() throws Exception {
        byte[] one = clang.object("probe.bpf.c");
        byte[] two = clang.object("probe.bpf.c", "-DVALUE_WORDS=2", "-O1");
        try (BpfMap ring = ring(1 << 16);
                BpfMap counts = BpfMap.create(lib, MapType.HASH, "counts", 8, 16, 1000, 0);
                RingReader reader = RingReader.open(ring);
                BpfObject first = BpfObject.open(lib, "first", one);
                BpfObject second = BpfObject.open(lib, "second", two);
                TargetProcess target = TargetProcess.start(clang.executable("target.c"))) {
            counts.update(Bytes.of(5L), new byte[16]);
            for (BpfObject object : List.of(first, second)) {
                object.reuse("counts", counts);
                object.reuse("hits", ring);
                object.setConstant("probe_id", object == first ? 1 : 2);
                object.load();
            }
            try (BpfLink a = attach(first, "on_hit", target, 5);
                    BpfLink b = attach(second, "on_hit", target, 5)) {
                target.work(10);
            }
            List<Integer> ids = new ArrayList<>();
            reader.drain((data, offset, length) -> ids.add(data.getInt(offset + 8)));
            assertThat(ids).hasSize(20);
            assertThat(ids.stream().filter(id -> id == 2)).hasSize(10);
            assertThat(Bytes.words(counts.lookup(Bytes.of(5L))).get(0)).isEqualTo(20);
            assertThat(reader.fill()).isZero();
        }
    }

    @Test
    void reuse_otherValueSize_isRefused() throws Exception {
        try (BpfMap counts = BpfMap.create(lib, MapType.HASH, "counts", 8, 256, 10, 0);
                BpfObject object =
                        BpfObject.open(lib, "http_server", clang.object("probe.bpf.c", "-DVALUE_WORDS=16"))) {
            assertThatThrownBy(() -> object.reuse("counts", counts))
                    .isInstanceOf(BpfException.class)
                    .hasMessage("http_server: map counts has value size 128, the host's has 256;"
                            + " rebuild the probe against this host's header");
        }
    }

    @Test
    void constants_setBeforeLoad_areSeenByTheProgram() throws Exception {
        try (BpfObject object = BpfObject.open(lib, "constants", clang.object("probe.bpf.c"));
                TargetProcess target = TargetProcess.start(clang.executable("target.c"))) {
            object.setConstant("small", 200);
            object.setConstant("delta", -150);
            object.setConstant("on", 1);
            object.setConstant("wide", Long.MIN_VALUE + 3);
            object.setConstant("colour", 1);
            object.setConstant("label", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            object.setConstant(
                    "pair",
                    ByteBuffer.wrap(new byte[8])
                            .put(Bytes.of(11))
                            .put(Bytes.of(22))
                            .array());
            object.load();
            assertThatThrownBy(() -> object.setConstant("small", 1))
                    .hasMessage("constants: set constant small: the object is loaded already");
            try (BpfLink link = attach(object, "show_constants", target, 0);
                    BpfMap seen = object.map("seen")) {
                target.work(1);
                ByteBuffer memory = seen.mmap();
                assertThat(memory.getLong(0)).isEqualTo(50);
                assertThat(memory.getLong(8)).isEqualTo(Long.MIN_VALUE + 3);
                assertThat(memory.getLong(16)).isEqualTo(0x201);
                assertThat(memory.getLong(24)).isEqualTo(11L << 32 | 22);
            }
        }
    }

    @Test
    void perCpuCounters_summed_areExact() throws Exception {
        try (BpfObject object = BpfObject.open(lib, "totals", clang.object("probe.bpf.c"));
                TargetProcess target = TargetProcess.start(clang.executable("target.c"))) {
            object.load();
            try (BpfLink link = attach(object, "on_hit", target, 0);
                    BpfMap totals = object.map("totals")) {
                target.work(300);
                target.workInAnotherThread(33);
                LongBuffer cpus = Bytes.words(totals.lookup(Bytes.of(0)));
                long sum = 0;
                while (cpus.hasRemaining()) {
                    sum += cpus.get();
                }
                assertThat(sum).isEqualTo(333);
            }
        }
    }

    @Test
    void load_refusedByTheVerifier_saysTheLineThatMatters() throws Exception {
        PrintStream stderr = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true));
        try (BpfObject object = BpfObject.open(lib, "http_server", clang.object("refused.bpf.c"))) {
            assertThatThrownBy(object::load)
                    .isInstanceOfSatisfying(
                            BpfException.class, e -> assertThat(e.details()).contains("processed "))
                    .hasMessageMatching("http_server: program reads_anywhere was refused by the verifier:"
                            + " R\\d invalid mem access '(scalar|inv)', at instruction 1: .*, of source line:"
                            + " return \\*\\(int \\*\\)address;.*");
        } finally {
            System.setErr(stderr);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void autoload_off_leavesTheProgramOut() throws Exception {
        try (BpfObject object = BpfObject.open(lib, "probe", clang.object("probe.bpf.c"))) {
            object.autoload("on_exec", false);
            object.load();
            assertThat(object.program("on_hit").fd()).isPositive();
            assertThatThrownBy(() -> object.program("on_exec").fd()).hasMessageContaining("is not loaded");
        }
    }

    @Test
    void rawTracepoint_exec_seesTheNewProcess() throws Exception {
        try (BpfMap ring = ring(1 << 20);
                RingReader reader = RingReader.open(ring);
                BpfObject object = BpfObject.open(lib, "lifecycle", clang.object("probe.bpf.c"))) {
            object.reuse("hits", ring);
            object.load();
            Set<Integer> pids = new HashSet<>();
            try (BpfLink link = new RawTracepoints(lib).attach(object.program("on_exec"), "sched_process_exec")) {
                int pid =
                        (int) new ProcessBuilder("true").start().onExit().get().pid();
                Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    reader.drain((data, offset, length) -> pids.add(data.getInt(offset + 12)));
                    assertThat(pids).contains(pid);
                });
            }
            assertThatThrownBy(() -> new RawTracepoints(lib).attach(object.program("on_exec"), "nosuch"))
                    .hasMessage("attach lifecycle: program on_exec to raw tracepoint nosuch:"
                            + " ENOENT, no such file or entry; this kernel has no such tracepoint");
        }
    }

    @Test
    void ring_manyTimesAround_losesNothing() throws Exception {
        int rounds = 200;
        try (BpfMap ring = ring(1 << 14);
                RingReader reader = RingReader.open(ring);
                BpfObject object = BpfObject.open(lib, "ring", clang.object("probe.bpf.c"));
                TargetProcess target = TargetProcess.start(clang.executable("target.c"))) {
            object.reuse("hits", ring);
            object.load();
            int arrived = 0;
            try (BpfLink link = attach(object, "on_hit", target, 1)) {
                for (int round = 0; round < rounds; round++) {
                    target.work(500);
                    assertThat(reader.fill()).isEqualTo(500 * 24);
                    arrived += reader.drain(
                            (data, offset, length) -> assertThat(length).isEqualTo(16));
                }
            }
            assertThat(arrived).isEqualTo(rounds * 500);
            assertThat(reader.sinkFailures()).isZero();
        }
    }

    @Test
    void close_everything_leavesNoDescriptorBehind() throws Exception {
        byte[] elf = clang.object("probe.bpf.c");
        Path executable = clang.executable("target.c");
        long before = bpfDescriptors();
        try (TargetProcess target = TargetProcess.start(executable);
                BpfObject object = BpfObject.open(lib, "probe", elf)) {
            object.load();
            try (BpfMap ring = object.map("hits");
                    RingReader reader = RingReader.open(ring);
                    BpfLink link = attach(object, "on_hit", target, 1)) {
                assertThat(bpfDescriptors()).isGreaterThan(before + 5);
            }
        }
        assertThat(bpfDescriptors()).isEqualTo(before);
    }

    /** Of the kinds that this library opens: maps, programs, links, BTF, perf events. */
    private static long bpfDescriptors() throws Exception {
        long count = 0;
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    count += target.matches("anon_inode:(bpf|btf|\\[?perf_event).*") ? 1 : 0;
                } catch (NoSuchFileException closed) {
                    continue;
                }
            }
        }
        return count;
    }
}
