package io.zerospan.receiver.function;

import io.zerospan.api.GoShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where Go's compiler puts arguments and results: ABIInternal, see src/cmd/compile/abi-internal.md. What does not fit
 * into the registers that are left goes to the stack as a whole.
 */
final class Convention {
    /** The same since registers came, in Go 1.17. */
    private enum Machine {
        AMD64(9, 15),
        ARM64(16, 16);

        private final int integers;
        private final int floats;

        Machine(int integers, int floats) {
            this.integers = integers;
            this.floats = floats;
        }
    }

    /**
     * A word of a value that lies in a register.
     *
     * @param offset within the value
     * @param register number of an integer register, -1 for a floating-point one
     */
    record Part(int offset, int register) {}

    /**
     * Where a variable lies.
     *
     * @param parts empty if it lies on the stack
     * @param stack offset from the first argument there, -1 if it lies in registers
     */
    record Place(List<Part> parts, int stack) {}

    private final Machine machine;
    private int integers;
    private int floats;
    private int stack;

    Convention(String architecture) {
        machine = Machine.valueOf(architecture.toUpperCase(Locale.ROOT));
    }

    /** The next argument, the receiver first, or the next result. */
    Place next(GoShape type) {
        int integersBefore = integers;
        int floatsBefore = floats;
        List<Part> parts = new ArrayList<>();
        if (type.size() > 0 && flatten(type, 0, parts) && integers <= machine.integers && floats <= machine.floats) {
            return new Place(parts, -1);
        }
        integers = integersBefore;
        floats = floatsBefore;
        stack = aligned(stack, type.alignment());
        Place place = new Place(List.of(), stack);
        stack += type.size();
        return place;
    }

    /** A word that the source does not have: a generic function's dictionary. */
    void skipWord() {
        integers++;
    }

    /** Results begin with the first registers again, and behind the arguments on the stack. */
    void results() {
        integers = 0;
        floats = 0;
        stack = aligned(stack, Long.BYTES);
    }

    private static int aligned(int offset, int alignment) {
        return alignment <= 1 ? offset : (offset + alignment - 1) / alignment * alignment;
    }

    private boolean flatten(GoShape type, int offset, List<Part> parts) {
        if (integers > machine.integers || floats > machine.floats) {
            return false; // the rest does not matter any more
        }
        switch (type.kind()) {
            case FLOAT32, FLOAT64 -> floating(offset, parts, 1);
            case COMPLEX64, COMPLEX128 -> floating(offset, parts, 2);
            case STRING, INTERFACE -> words(offset, parts, 2);
            case SLICE -> words(offset, parts, 3);
            case STRUCT -> {
                for (GoShape.Field field : type.fields()) {
                    if (!flatten(field.type(), offset + field.offset(), parts)) {
                        return false;
                    }
                }
            }
            case ARRAY -> {
                @Nullable GoShape element = type.element();
                return type.length() == 0 || (type.length() == 1 && element != null && flatten(element, offset, parts));
            }
            case INVALID -> {
                return false;
            }
            default -> words(offset, parts, 1);
        }
        return true;
    }

    private void words(int offset, List<Part> parts, int count) {
        for (int i = 0; i < count; i++) {
            parts.add(new Part(offset + i * Long.BYTES, integers++));
        }
    }

    private void floating(int offset, List<Part> parts, int count) {
        floats += count;
        parts.add(new Part(offset, -1));
    }
}
