package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@KernelTest
class MapKernelTest {
    private LibBpf lib;

    @BeforeEach
    void load() throws Exception {
        lib = LibBpf.load();
    }

    private BpfMap hash(int entries) throws BpfException {
        return BpfMap.create(lib, MapType.HASH, "zs_test", 8, 16, entries, 0);
    }

    @Test
    void entry_updated_isFoundUntilDeleted() throws Exception {
        try (BpfMap map = hash(4)) {
            byte[] value = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
            map.update(Bytes.of(1L), value);
            assertThat(map.lookup(Bytes.of(1L))).isEqualTo(value);
            assertThat(map.delete(Bytes.of(1L))).isTrue();
            assertThat(map.delete(Bytes.of(1L))).isFalse();
            assertThat(map.lookup(Bytes.of(1L))).isNull();
        }
    }

    @Test
    void take_removesTheEntryAndTellsWhatItHeld() throws Exception {
        try (BpfMap map = hash(4)) {
            byte[] value = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
            map.update(Bytes.of(1L), value);
            assertThat(map.take(Bytes.of(1L))).isEqualTo(value);
            assertThat(map.take(Bytes.of(1L))).isNull();
        }
    }

    @Test
    void forEachKey_deletingEach_emptiesTheMap() throws Exception {
        try (BpfMap map = hash(100)) {
            for (long key = 0; key < 100; key++) {
                map.update(Bytes.of(key), new byte[16]);
            }
            List<Long> keys = new ArrayList<>();
            map.forEachKey(key -> {
                keys.add(Bytes.words(key).get(0));
                map.delete(key);
            });
            assertThat(keys).hasSize(100).doesNotHaveDuplicates();
            map.forEachKey(key -> assertThat(key).as("left over").isNull());
        }
    }

    @Test
    void update_fullMap_isRefusedWithTheReason() throws Exception {
        try (BpfMap map = hash(1)) {
            map.update(Bytes.of(1L), new byte[16]);
            assertThatThrownBy(() -> map.update(Bytes.of(2L), new byte[16]))
                    .isInstanceOfSatisfying(
                            MapAccessException.class, e -> assertThat(e.errno()).isEqualTo(7))
                    .hasMessage("update an entry of map zs_test (HASH, key 8, value 16, entries 1):"
                            + " E2BIG, too big or full");
        }
    }

    @Test
    void update_wrongLength_isRefused() throws Exception {
        try (BpfMap map = hash(1)) {
            assertThatThrownBy(() -> map.update(Bytes.of(1L), new byte[15]))
                    .hasMessage("map zs_test: a value has 16 bytes, not 15");
        }
    }

    @Test
    void lookup_perCpu_concatenatesEveryCpu() throws Exception {
        int cpus = lib.functions().libbpf_num_possible_cpus();
        try (BpfMap map = BpfMap.create(lib, MapType.PERCPU_ARRAY, "zs_test", 4, 4, 1, 0)) {
            byte[] all = new byte[8 * cpus];
            all[8 * (cpus - 1)] = 9;
            map.update(Bytes.of(0), all);
            assertThat(map.entryBytes()).isEqualTo(8 * cpus);
            assertThat(map.lookup(Bytes.of(0))).isEqualTo(all);
        }
    }

    @Test
    void mmap_ofArray_isTheMapItself() throws Exception {
        try (BpfMap map = BpfMap.create(lib, MapType.ARRAY, "zs_test", 4, 12, 3, BpfMap.MMAPABLE)) {
            ByteBuffer memory = map.mmap();
            memory.putInt(16, 77);
            assertThat(memory.capacity()).isEqualTo(48);
            assertThat(map.lookup(Bytes.of(1))).startsWith(Bytes.of(77));
        }
    }

    @Test
    void mmap_ofHash_isRefused() throws Exception {
        try (BpfMap map = hash(1)) {
            assertThatThrownBy(map::mmap).isInstanceOf(BpfException.class).hasMessageContaining("BPF_F_MMAPABLE");
        }
    }

    @Test
    void close_twice_releasesDescriptorAndMemory() throws Exception {
        BpfMap map = BpfMap.create(lib, MapType.ARRAY, "zs_test", 4, 8, 1000, BpfMap.MMAPABLE);
        map.mmap();
        Path descriptor = Path.of("/proc/self/fd/" + map.fd());
        assertThat(Files.readSymbolicLink(descriptor)).hasToString("anon_inode:bpf-map");
        assertThat(mappings()).isEqualTo(1);
        map.close();
        map.close();
        assertThat(mappings()).isZero();
        assertThatThrownBy(() -> map.lookup(Bytes.of(0))).hasMessage("map zs_test is closed");
    }

    private static long mappings() throws Exception {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("bpf-map")).count();
        }
    }

    @Test
    void create_ringOfOddSize_saysWhatSizesThereAre() {
        assertThatThrownBy(() -> BpfMap.create(lib, MapType.RINGBUF, "zs_events", 0, 0, 5000, 0))
                .isInstanceOf(BpfException.class)
                .hasMessageStartingWith("create map zs_events (RINGBUF, key 0, value 0, entries 5000): EINVAL")
                .hasMessageContaining("a power of two");
    }
}
