package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.gobinary.Instruction.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "55, PUSH, EMULATED, false", // push %rbp
        "4155, PUSH, EMULATED, false", // push %r13
        "6655, PUSH, SINGLE_STEP, false", // push %bp
        "6a01, OTHER, SINGLE_STEP, false", // push $1
        "90, NOP, EMULATED, true",
        "6690, NOP, EMULATED, true",
        "f390, OTHER, SINGLE_STEP, false", // pause
        "4990, OTHER, SINGLE_STEP, false", // xchg %r8,%rax
        "0f1f00, NOP, SINGLE_STEP, true",
        "e812000000, CALL, EMULATED, false",
        "eb05, JUMP, EMULATED, false",
        "7405, BRANCH, EMULATED, false",
        "0f8412000000, BRANCH, EMULATED, false",
        "e305, BRANCH, SINGLE_STEP, false", // jrcxz
        "ffe0, INDIRECT_JUMP, SINGLE_STEP, false",
        "ffd0, OTHER, SINGLE_STEP, false", // call *%rax
        "c3, RETURN, SINGLE_STEP, false",
        "4885c0, OTHER, SINGLE_STEP, true", // test %rax,%rax
        "48894424 08, OTHER, SINGLE_STEP, true", // mov %rax,8(%rsp)
        "4889c3, OTHER, SINGLE_STEP, false", // mov %rax,%rbx
        "488b5008, OTHER, SINGLE_STEP, true", // mov 8(%rax),%rdx
        "488b5808, OTHER, SINGLE_STEP, false", // mov 8(%rax),%rbx
        "4c8b6008, OTHER, SINGLE_STEP, true", // mov 8(%rax),%r12
        "4883c408, OTHER, SINGLE_STEP, false", // add $8,%rsp
        "833d0000000000, OTHER, SINGLE_STEP, true" // cmpl $0,writeBarrier
    })
    void decode_amd64_isKindCostAndWhatItKeeps(String hex, Kind kind, CostClass cost, boolean keeps) throws Exception {
        Instruction instruction = decode(ElfHeader.AMD64, HexFormat.of().parseHex(hex.replace(" ", "")));
        assertThat(instruction.kind()).isEqualTo(kind);
        assertThat(instruction.cost()).isEqualTo(cost);
        assertThat(instruction.keepsResults()).isEqualTo(keeps);
    }

    @ParameterizedTest
    @CsvSource({
        "54000049, BRANCH, EMULATED, 8", // b.ls
        "b4000040, BRANCH, EMULATED, 8", // cbz x0
        "b4ffffe0, BRANCH, EMULATED, -4",
        "36000040, BRANCH, EMULATED, 8", // tbz w0, #0
        "3607ffe0, BRANCH, EMULATED, -4",
        "14000002, JUMP, EMULATED, 8",
        "97ffffff, CALL, EMULATED, -4",
        "d65f03c0, RETURN, EMULATED,",
        "d61f0200, INDIRECT_JUMP, EMULATED,",
        "d63f0200, OTHER, EMULATED,", // blr
        "90000000, OTHER, EMULATED,", // adrp
        "d503201f, NOP, SINGLE_STEP,",
        "58000040, OTHER, SINGLE_STEP,", // ldr literal
        "f9400b90, OTHER, SINGLE_STEP,"
    })
    void decode_arm64_isKindCostAndTarget(String hex, Kind kind, CostClass cost, Integer target) throws Exception {
        int word = Integer.parseUnsignedInt(hex, 16);
        byte[] bytes = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array();
        Instruction instruction = decode(ElfHeader.ARM64, bytes);
        assertThat(instruction.kind()).isEqualTo(kind);
        assertThat(instruction.cost()).isEqualTo(cost);
        assertThat(instruction.target()).isEqualTo(target == null ? 0 : AnImage.ADDRESS + target);
    }

    @Test
    void decode_arm64ReservedWord_isRefused() {
        assertThatThrownBy(() -> decode(ElfHeader.ARM64, new byte[] {1, 0, 0, 0}))
                .isInstanceOf(GoBinaryException.class)
                .hasMessageContaining("instruction 0x1 is not known at address 0x400000");
    }

    @Test
    void decode_hugeFunction_isRefused() throws Exception {
        try (FilePages pages = new AnImage().write(folder)) {
            Image image = Image.read(pages);
            long end = AnImage.ADDRESS + Code.MAX_BYTES + 1;
            assertThatThrownBy(() -> Code.read(image, InstructionSet.of(image), AnImage.ADDRESS, end))
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessageContaining("a function of 524289 bytes");
        }
    }

    private Instruction decode(int machine, byte[] bytes) throws Exception {
        AnImage image = new AnImage(machine);
        for (int i = 0; i < bytes.length; i++) image.bytes(i, bytes[i]);
        try (FilePages pages = image.write(folder)) {
            return InstructionSet.of(Image.read(pages)).decode(AnImage.ADDRESS, AnImage.ADDRESS + 64);
        }
    }
}
