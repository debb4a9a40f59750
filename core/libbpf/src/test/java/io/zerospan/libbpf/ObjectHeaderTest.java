package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectHeaderTest {
    private static byte[] object = {};

    @BeforeAll
    static void compile(@TempDir Path folder) {
        object = new Clang(folder).object("tags.bpf.c");
    }

    @Test
    void objectOfClang_isLetThrough() {
        assertThat(ObjectHeader.objection(object)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, it is no ELF file",
        "4, it is no BPF object for this machine's byte order",
        "16, it is no BPF object for this machine's byte order",
        "18, it is no BPF object for this machine's byte order",
        "37, 'its ELF header is damaged, or its end is missing'", // crashed libbpf 1.1
        "45, 'its ELF header is damaged, or its end is missing'",
        "47, 'its ELF header is damaged, or its end is missing'",
        "58, 'its ELF header is damaged, or its end is missing'",
        "61, 'its ELF header is damaged, or its end is missing'",
    })
    void damagedByte_isNoticed(int at, String objection) {
        byte[] damaged = object.clone();
        damaged[at] ^= (byte) 0x80;
        assertThat(ObjectHeader.objection(damaged)).isEqualTo(objection);
    }

    @Test
    void missingEnd_isNoticed() {
        assertThat(ObjectHeader.objection(Arrays.copyOf(object, object.length - 1)))
                .isEqualTo("its ELF header is damaged, or its end is missing");
    }
}
