package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Debug information may be anybody's: what it says of a type is believed as far as all of it makes sense. */
class DebugTypesTest {
    private static final int INT = 2;
    private static final int POINTER = 22;
    private static final int STRUCT = 25;

    private final DebugTypes types = new DebugTypes(told -> told);

    private static DebugQuestions.Words words(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) line.append(line.isEmpty() ? "" : "\t").append(word);
        return new DebugQuestions.Words(Path.of("program"), line.toString());
    }

    private void type(long id, int kind, long element) throws Exception {
        types.layout(words("layout", id, "main.t" + -id, kind, 16, element, 0, false));
    }

    private void member(long of, long type, int offset) throws Exception {
        types.member(words("member", of, "f", type, offset, false));
    }

    @Test
    void structOfKnownParts_isBelieved() throws Exception {
        type(-1, STRUCT, 0);
        type(-2, INT, 0);
        member(-1, -2, 0);
        member(-1, 4096, 8);
        assertThat(types.sound().get(-1L).fields()).hasSize(2);
    }

    @Test
    void structThatHoldsItself_isNot() throws Exception {
        type(-1, STRUCT, 0);
        type(-2, STRUCT, 0);
        member(-1, -2, 0);
        member(-2, -1, 0);
        assertThat(types.sound()).isEmpty();
    }

    @Test
    void structThatPointsToItself_is() throws Exception {
        type(-1, STRUCT, 0);
        type(-2, POINTER, -1);
        member(-1, -2, 0);
        assertThat(types.sound()).containsOnlyKeys(-1L, -2L);
    }

    @Test
    void structWithAPartThatNobodyKnows_isNot() throws Exception {
        type(-1, STRUCT, 0);
        type(-2, INT, 0);
        member(-1, -2, 0);
        member(-1, 0, 8);
        assertThat(types.sound()).containsOnlyKeys(-2L);
    }

    @Test
    void fieldBehindTheEnd_andUnknownKinds_areNot() throws Exception {
        type(-1, STRUCT, 0);
        type(-2, INT, 0);
        member(-1, -2, 17);
        type(-3, 99, 0);
        type(-4, 0, 0);
        assertThat(types.sound()).containsOnlyKeys(-2L);
    }

    @Test
    void addressOfTheRuntime_isNotTheChildsToDescribe() {
        assertThatThrownBy(() -> type(4096, INT, 0)).hasMessageContaining("the reader's answer is not understood");
    }
}
