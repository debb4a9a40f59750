package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zerospan.libbpf.ProbeTags.Tag;
import io.zerospan.libbpf.ProbeTags.Target;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTagsTest {
    @TempDir
    static Path folder;

    private static byte[] object;
    private static byte[] btf;

    @BeforeAll
    static void compile() {
        object = new Clang(folder).object("tags.bpf.c");
        btf = ElfSection.of(object, ".BTF");
    }

    @Test
    void tags_ofEveryKind_areReadWithTheirNames() throws Exception {
        assertThat(ProbeTags.parse(btf).tags())
                .containsExactlyInAnyOrder(
                        new Tag(Target.TYPE, "pair", "a struct"),
                        new Tag(Target.MEMBER, "pair.left", "member of pair"),
                        new Tag(Target.MAP, "pairs", "a map"),
                        new Tag(Target.VARIABLE, "wide", "a variable"),
                        new Tag(Target.VARIABLE, "wide", "a second tag"),
                        new Tag(Target.VARIABLE, "offset_of_method", "field:net/http.Request:Method"),
                        new Tag(Target.PARAMETER, "helper.x", "a parameter"),
                        new Tag(Target.FUNCTION, "start", "zs:start:net/http.serverHandler.ServeHTTP"),
                        new Tag(Target.FUNCTION, "start", "zs:start:main.(*Cart[go.shape.int]).Checkout"));
    }

    @Test
    void tags_throughLibbpf_areTheSame() throws Exception {
        try (BpfObject opened = BpfObject.open(LibBpf.load(), "tags", object)) {
            assertThat(opened.tags().tags())
                    .containsExactlyInAnyOrderElementsOf(ProbeTags.parse(btf).tags());
        }
    }

    @Test
    void btf_cutAnywhere_isRefused() {
        for (int length = 0; length < btf.length; length++) {
            byte[] cut = Arrays.copyOf(btf, length);
            assertThatThrownBy(() -> ProbeTags.parse(cut))
                    .as("first %d bytes", length)
                    .isInstanceOf(BpfException.class)
                    .hasMessageStartingWith("read the object's BTF: ");
        }
    }

    @Test
    void btf_withWrongBytes_givesTagsOrOurException() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] wrong = btf.clone();
            for (int i = 0; i < 3; i++) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            Throwable thrown = catchThrowable(() -> {
                ProbeTags.parse(wrong);
                Constants.of(Btf.parse(wrong));
            });
            if (thrown != null) {
                assertThat(thrown).as("round %d", round).isInstanceOf(BpfException.class);
            }
        }
    }

    @Test
    void btf_ofTheOtherByteOrder_isNamed() {
        byte[] swapped = btf.clone();
        swapped[0] = btf[1];
        swapped[1] = btf[0];
        assertThatThrownBy(() -> ProbeTags.parse(swapped)).hasMessageContaining("this machine's byte order");
    }
}
