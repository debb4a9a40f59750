package io.zerospan.receiver.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import io.zerospan.api.GoFunction;
import io.zerospan.api.GoShape;
import io.zerospan.api.PlannedAttribute;
import io.zerospan.api.PlannedAttribute.Type;
import io.zerospan.api.PlannedHook;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of {@code struct function_plan} in {@code bpf/probes/function_layout.h}. */
class PlanTest {
    /** sizeof(struct function_plan) without its head of 8. */
    private static final int SIZE = 728 - 8;

    private static final int FIRST_READ = 8 + 40 + 4 * 8;

    private final Convention convention = new Convention("amd64");
    private final Plan plan = new Plan();

    private void add(String name, String expression, Shape type, boolean atEnd) throws ExpressionException {
        Way way = new Way(convention.next(type), type);
        plan.add(Reading.of(name, Expression.parse(expression), way), atEnd);
    }

    private static ByteBuffer bytes(byte[] side) {
        return ByteBuffer.wrap(side).order(ByteOrder.nativeOrder());
    }

    private PlannedHook hook() {
        return plan.hook(new GoFunction("main.f", 1), "f", SpanKind.CLIENT, List.of(0x1234L));
    }

    @Test
    void sides_haveTheSizeThatTheProbeReads() throws Exception {
        assertThat(hook().atStart()).hasSize(SIZE);
        assertThat(hook().atEnd()).hasSize(SIZE);
    }

    @Test
    void head_saysKindAndNumbers() throws Exception {
        add("size", "arg0", Shape.INT, false);
        ByteBuffer start = bytes(hook().atStart());
        assertThat(start.get(0)).isEqualTo((byte) 3);
        assertThat(start.get(1)).isEqualTo((byte) 1);
        assertThat(start.getLong(8 + 40)).isEqualTo(0x1234);
        assertThat(bytes(hook().atEnd()).get(2)).as("something was kept").isEqualTo((byte) 1);
    }

    @Test
    void fieldBehindPointers_isRegisterAndOffsets() throws Exception {
        Shape owner = Shape.struct("ID", Shape.INT, "Name", Shape.STRING);
        Shape cart = Shape.struct("Total", Shape.INT, "Owner", Shape.pointer(owner));
        convention.next(Shape.INT);
        add("owner", "arg1.Owner.Name", Shape.pointer(cart), false);
        ByteBuffer read = bytes(hook().atStart()).position(FIRST_READ).slice().order(ByteOrder.nativeOrder());
        assertThat(read.getShort(0)).as("attribute").isEqualTo((short) 1);
        assertThat(read.get(2)).as("value").isEqualTo((byte) Read.Value.TEXT.ordinal());
        assertThat(read.get(4)).as("register").isEqualTo((byte) 1);
        assertThat(read.get(5)).as("hops").isEqualTo((byte) 1);
        assertThat(read.get(6)).as("in memory").isEqualTo((byte) 1);
        assertThat(read.getInt(8)).isEqualTo(8);
        assertThat(read.getInt(12)).isEqualTo(8);
    }

    @Test
    void errors_areTextOrType_asTwoAttributes() throws Exception {
        add("why", "ret0.error", Shape.ERROR, true);
        assertThat(hook().attributes())
                .containsExactly(
                        new PlannedAttribute("why", Type.TEXT), new PlannedAttribute("zs.error.why", Type.GO_TYPE));
    }

    @Test
    void seventeenthAttribute_isRefused() throws Exception {
        for (int i = 0; i < Plan.MOST_READS; i++) {
            add("a" + i, "arg" + i, Shape.INT, false);
        }
        assertThatThrownBy(() -> add("b", "arg16", Shape.INT, false))
                .hasMessage("more than 16 attributes are read from arguments; leave some out");
    }

    @Test
    void tooManyPointers_areRefused() {
        Shape deep = Shape.INT;
        for (int i = 0; i < 8; i++) {
            deep = Shape.pointer(deep);
        }
        Shape type = deep;
        assertThatThrownBy(() -> add("deep", "arg0", type, false)).hasMessage("more than 6 pointers lie on the way");
    }

    @Test
    void pointerToADroppedType_saysWhatIsMissing() {
        Shape pointer = new Shape("*main.Order", GoShape.Kind.POINTER, 8, 8, null, 0, List.of(), false);
        assertThatThrownBy(() -> add("id", "arg0.ID", pointer, false))
                .hasMessage("'arg0.ID': no field ID; the program does not describe main.Order"
                        + " (debug information would), to which it points");
    }

    @Test
    void floatInARegister_isRefused_behindAPointerItIsRead() throws Exception {
        assertThatThrownBy(() -> add("rate", "arg0", Shape.FLOAT64, false))
                .hasMessageStartingWith("a float64 in a floating-point register is what probes can't read");
        add("rate", "arg1", Shape.pointer(Shape.FLOAT64), false);
        assertThat(hook().attributes()).hasSize(1);
    }
}
