package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no rights: reading an object and preparing it. */
class BpfObjectTest {
    @TempDir
    static Path folder;

    private static byte[] elf;
    private BpfObject object;

    @BeforeAll
    static void compile() {
        elf = new Clang(folder).object("probe.bpf.c");
    }

    @BeforeEach
    void open() throws Exception {
        object = BpfObject.open(LibBpf.load(), "http_server", elf);
    }

    @AfterEach
    void close() {
        object.close();
        object.close();
    }

    @Test
    void open_names_areThoseOfTheSource() {
        assertThat(object.programs()).containsExactlyInAnyOrder("on_hit", "on_exec", "show_constants");
        assertThat(object.maps()).contains("counts", "hits", "totals", "seen", "http_ser.rodata");
    }

    @Test
    void open_noElf_isRefusedInOneSentence() {
        assertThatThrownBy(() -> BpfObject.open(LibBpf.load(), "http_server", new byte[] {1, 2, 3}))
                .isInstanceOf(BpfException.class)
                .hasMessageStartingWith("http_server: open the object (3 bytes): ")
                .hasMessageEndingWith("; compile it with clang -O2 -g -target bpf -c");
    }

    @Test
    void open_objectCutShort_neverGivesAnythingButOurException() throws Exception {
        LibBpf lib = LibBpf.load();
        for (int length = 0; length < elf.length; length += 97) {
            byte[] cut = Arrays.copyOf(elf, length);
            assertThatThrownBy(() -> BpfObject.open(lib, "cut", cut).close()).isInstanceOf(BpfException.class);
        }
    }

    @Test
    void variables_sizesComeFromTheBtf() {
        assertThat(object.hasVariable("probe_id")).isTrue();
        assertThat(object.hasVariable("nosuch")).isFalse();
        assertThat(object.variableSize("small")).isEqualTo(1);
        assertThat(object.variableSize("label")).isEqualTo(8);
        assertThatThrownBy(() -> object.variableSize("nosuch")).hasMessage("http_server: there is no constant nosuch");
    }

    @ParameterizedTest
    @CsvSource({
        "small, 255",
        "small, 0",
        "delta, -32768",
        "delta, 32767",
        "on, 1",
        "wide, -1",
        "colour, 1",
        "probe_id, 4294967295"
    })
    void setConstant_valueThatFits_isTaken(String variable, long value) throws Exception {
        object.setConstant(variable, value);
    }

    @ParameterizedTest
    @CsvSource({
        "small, 256, 0 to 255",
        "small, -1, 0 to 255",
        "delta, 32768, -32768 to 32767",
        "on, 2, 0 to 1",
        "probe_id, 4294967296, 0 to 4294967295"
    })
    void setConstant_valueTooLarge_isRefusedWithTheRange(String variable, long value, String range) {
        assertThatThrownBy(() -> object.setConstant(variable, value))
                .isInstanceOf(BpfException.class)
                .hasMessage("http_server: constant " + variable + " holds " + range + ", the value is " + value
                        + "; change the value or widen the variable");
    }

    @Test
    void setConstant_numberIntoStruct_isRefused() {
        assertThatThrownBy(() -> object.setConstant("pair", 1))
                .hasMessage("http_server: constant pair is no integer of 1, 2, 4 or 8 bytes but has 8 bytes;"
                        + " set it by its bytes");
    }

    @Test
    void setConstant_bytesOfWrongLength_areRefused() {
        assertThatThrownBy(() -> object.setConstant("label", new byte[7]))
                .hasMessage("http_server: constant label has 8 bytes, the value has 7;"
                        + " rebuild the probe against this host's header");
    }

    @Test
    void program_unknown_namesTheOthers() {
        assertThatThrownBy(() -> object.program("nosuch")).hasMessageContaining("on_hit");
    }

    @Test
    void program_notLoaded_hasNoDescriptor() {
        assertThatThrownBy(() -> object.program("on_hit").fd())
                .hasMessage("http_server: program on_hit is not loaded; load the object with this program switched on");
    }

    @Test
    void map_beforeLoad_isRefused() {
        assertThatThrownBy(() -> object.map("counts"))
                .hasMessage("http_server: use map counts: it does not exist yet; load the object first");
    }

    @Test
    void anything_afterClose_isRefused() {
        object.close();
        assertThatThrownBy(() -> object.autoload("on_hit", false)).hasMessage("http_server is closed");
    }
}
