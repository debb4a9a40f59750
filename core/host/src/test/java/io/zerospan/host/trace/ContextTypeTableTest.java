package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.gobinary.ContextType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextTypeTableTest {
    /** Where Go's linker begins to lay out an executable. */
    private static final long TEXT = 0x400000;

    /** As they lie in a binary: aligned, near each other. */
    private static List<ContextType> types(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ContextType> types = new ArrayList<>();
        long address = TEXT + random.nextLong(1 << 24) * 32;
        for (int i = 0; i < count; i++) {
            address += 32 * (1 + random.nextLong(4_000));
            types.add(new ContextType(address, random.nextInt(0, 200) * 8, "*t" + i));
        }
        return types;
    }

    /** The offset that {@code zs_parent_of_context} finds; −1 where its walk ends. */
    private static long lookedUp(ContextTypeTable table, long type) {
        ByteBuffer entries = ByteBuffer.wrap(table.bytes()).order(ByteOrder.nativeOrder());
        int at = (int) (type * table.factor() >>> 58) * ContextTypeTable.SLOT_BYTES;
        return entries.getLong(at) == type ? entries.getLong(at + 8) : -1;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 8, 16, 24, 32})
    void types_all_areFoundByTheProbesFormula(int count) {
        for (int seed = 0; seed < 20; seed++) {
            List<ContextType> types = types(count, seed);
            ContextTypeTable table = ContextTypeTable.of(types);
            assertThat(table.dropped()).isZero();
            assertThat(types)
                    .allSatisfy(type ->
                            assertThat(lookedUp(table, type.typeAddress())).isEqualTo(type.parentOffset()));
        }
    }

    @Test
    void types_thatAreNotInTheTable_endTheWalk() {
        ContextTypeTable table = ContextTypeTable.of(types(20, 1));
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 10_000; i++) {
            assertThat(lookedUp(table, TEXT + 32 * random.nextLong(1 << 26) + 8))
                    .isEqualTo(-1);
        }
    }

    @Test
    void table_isAsLongAsTheProbesArray() {
        assertThat(ContextTypeTable.of(types(3, 1)).bytes()).hasSize(64 * 16);
    }

    @Test
    void types_beyondTheRoom_areCountedAndTheFirstOnesKept() {
        List<ContextType> types = types(ContextTypeTable.MOST_TYPES + 5, 3);
        ContextTypeTable table = ContextTypeTable.of(types);
        assertThat(table.dropped()).isEqualTo(5);
        assertThat(types.subList(0, ContextTypeTable.MOST_TYPES))
                .allSatisfy(
                        type -> assertThat(lookedUp(table, type.typeAddress())).isEqualTo(type.parentOffset()));
        assertThat(lookedUp(table, types.get(types.size() - 1).typeAddress())).isEqualTo(-1);
    }

    @Test
    void type_givenTwice_takesOnePlace() {
        List<ContextType> types = new ArrayList<>(types(4, 4));
        types.addAll(types(4, 4));
        ContextTypeTable table = ContextTypeTable.of(types);
        assertThat(table.dropped()).isZero();
        assertThat(types)
                .allSatisfy(
                        type -> assertThat(lookedUp(table, type.typeAddress())).isEqualTo(type.parentOffset()));
    }

    @Test
    void table_ofTheSameTypes_isTheSame() {
        assertThat(ContextTypeTable.of(types(12, 5)).bytes())
                .isEqualTo(ContextTypeTable.of(types(12, 5)).bytes());
    }
}
