package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Amd64LengthTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c3", // ret
                "90", // nop
                "55", // push %rbp
                "4155", // push %r13
                "4889e5", // mov %rsp,%rbp
                "493b6610", // cmp 0x10(%r14),%rsp
                "4c8d6424e0", // lea -0x20(%rsp),%r12
                "4c8da424e0feffff", // lea -0x120(%rsp),%r12
                "7603", // jbe
                "0f8612345678", // jbe, far
                "e812345678", // call
                "488b0512345678", // mov 0x..(%rip),%rax
                "488b0425e8ffffff", // mov absolute, SIB without base
                "48b81122334455667788", // movabs
                "b811223344", // mov $imm32,%eax
                "66b81122", // mov $imm16,%ax
                "48c7042402000000", // movq $2,(%rsp)
                "66c70424ffff", // movw $-1,(%rsp)
                "48f7d8", // neg %rax
                "48f7c0ffff0000", // test $imm32,%rax
                "f6c101", // test $1,%cl
                "4883f801", // cmp $1,%rax
                "480fafc1", // imul %rcx,%rax
                "486bc007", // imul $7,%rax,%rax
                "f20f1000", // movsd (%rax),%xmm0
                "660f70c001", // pshufd
                "660f3a0fc108", // palignr
                "660f3800c1", // pshufb
                "0f1f440000", // nopl
                "660f1f840000000000", // nopw
                "f0480fb10a", // lock cmpxchg
                "c5f877", // vzeroupper
                "c5fd6f06", // vmovdqa (%rsi),%ymm0
                "c4e2f3f7c3", // shrx
                "c4e37d39c101", // vextracti128
                "c2cbf6", // ret imm16
                "0f0b", // ud2
                "cc" // int3
            })
    void of_instruction_isItsLength(String hex) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(length(bytes)).isEqualTo(bytes.length);
    }

    @Test
    void of_unknownInstruction_isRefused() {
        assertThatThrownBy(() -> length(new byte[] {(byte) 0xca, 1, 2}))
                .isInstanceOf(GoBinaryException.class)
                .hasMessageContaining("instruction 0xca is not known");
    }

    @Test
    void of_prefixesOnly_isRefused() {
        byte[] prefixes = HexFormat.of().parseHex("66".repeat(20));
        assertThatThrownBy(() -> length(prefixes)).isInstanceOf(GoBinaryException.class);
    }

    private int length(byte[] bytes) throws Exception {
        AnImage image = new AnImage();
        for (int i = 0; i < bytes.length; i++) image.bytes(i, bytes[i]);
        try (FilePages pages = image.write(folder)) {
            return Amd64Length.of(Image.read(pages), AnImage.ADDRESS, AnImage.ADDRESS + 64);
        }
    }
}
