package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Shapes that no compiler writes. */
class BtfTest {
    private static final String NAMES = "\0int\0loop\0";
    private static final int INT_NAME = 1;
    private static final int LOOP_NAME = 5;

    private static byte[] section(int... words) {
        byte[] names = NAMES.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(24 + 4 * words.length + names.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) 0xeb9f)
                .put((byte) 1)
                .put((byte) 0)
                .putInt(24)
                .putInt(0)
                .putInt(4 * words.length)
                .putInt(4 * words.length)
                .putInt(names.length);
        for (int word : words) {
            out.putInt(word);
        }
        return out.put(names).array();
    }

    private static int kind(int kind) {
        return kind << 24;
    }

    @Test
    void type_integer_hasNameSizeAndEncoding() throws Exception {
        BtfType type =
                Btf.parse(section(INT_NAME, kind(BtfType.INT), 4, 1 << 24 | 32)).type(1);
        assertThat(type.name()).isEqualTo("int");
        assertThat(type.sizeOrType()).isEqualTo(4);
        assertThat(type.extra()).containsExactly(1 << 24 | 32);
    }

    @Test
    void resolve_typedefOfItself_isRefused() throws Exception {
        Btf btf = Btf.parse(section(LOOP_NAME, kind(BtfType.TYPEDEF), 1));
        assertThatThrownBy(() -> btf.resolve(1))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("wrapped more than 32 times");
    }

    @Test
    void resolve_qualifiers_areLookedThrough() throws Exception {
        Btf btf = Btf.parse(
                section(INT_NAME, kind(BtfType.INT), 4, 32, 0, kind(BtfType.VOLATILE), 1, 0, kind(BtfType.CONST), 2));
        assertThat(btf.resolve(3)).isSameAs(btf.type(1));
    }

    @Test
    void type_outsideTheTable_isRefused() throws Exception {
        Btf btf = Btf.parse(section());
        assertThatThrownBy(() -> btf.type(0)).isInstanceOf(BpfException.class);
        assertThatThrownBy(() -> btf.type(1)).hasMessageContaining("type 1 is referred to, there are 0");
    }

    @Test
    void parse_kindOfTheFuture_isNamed() {
        assertThatThrownBy(() -> Btf.parse(section(INT_NAME, kind(25), 0)))
                .hasMessage("read the object's BTF: type kind 25 is unknown;"
                        + " compile it again with clang -g -target bpf");
    }

    @Test
    void parse_nameOutsideTheStrings_isRefused() {
        assertThatThrownBy(() -> Btf.parse(section(99, kind(BtfType.PTR), 0))).hasMessageContaining("a name at 99");
        assertThatThrownBy(() -> Btf.parse(section(-1, kind(BtfType.PTR), 0))).hasMessageContaining("a name at -1");
    }

    @Test
    void parse_moreMembersThanBytes_isRefused() {
        assertThatThrownBy(() -> Btf.parse(section(INT_NAME, kind(BtfType.STRUCT) | 0xffff, 8)))
                .isInstanceOf(BpfException.class)
                .hasMessageContaining("a type ends at");
    }

    @Test
    void tags_onTypeZero_areRefused() {
        assertThatThrownBy(() -> ProbeTags.parse(section(INT_NAME, kind(BtfType.DECL_TAG), 0, -1)))
                .isInstanceOf(BpfException.class);
    }

    @Test
    void tags_onPartThatIsNotThere_areRefused() {
        assertThatThrownBy(() -> ProbeTags.parse(
                        section(LOOP_NAME, kind(BtfType.STRUCT), 0, INT_NAME, kind(BtfType.DECL_TAG), 1, 3)))
                .hasMessageContaining("tag \"int\" is on part 3 of loop, which has 0");
    }
}
