package io.zerospan.receiver.function;

import io.opentelemetry.api.trace.SpanKind;
import io.zerospan.api.GoFunction;
import io.zerospan.api.PlannedAttribute;
import io.zerospan.api.PlannedHook;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What is read at the start of one function and at its ends; as bytes it is {@code struct function_plan}. */
final class Plan {
    /** {@code FUNCTION_READS_MAX}. */
    static final int MOST_READS = 16;
    /** {@code FUNCTION_PLAIN_ERRORS}. */
    static final int PLAIN_ERRORS = 4;
    /** Without its head, which is the host's. */
    static final int BYTES = 8 + Read.BYTES + PLAIN_ERRORS * Long.BYTES + MOST_READS * Read.BYTES;

    private record Numbered(int attribute, Read read) {}

    private final List<PlannedAttribute> attributes = new ArrayList<>();
    private final List<Numbered> start = new ArrayList<>();
    private final List<Numbered> end = new ArrayList<>();
    private Read context = Read.NOWHERE;

    void context(Read read) {
        context = read;
    }

    void add(Reading reading, boolean atEnd) throws ExpressionException {
        List<Numbered> side = atEnd ? end : start;
        if (side.size() == MOST_READS) {
            throw new ExpressionException("more than " + MOST_READS + " attributes are read "
                    + (atEnd ? "from results" : "from arguments") + "; leave some out");
        }
        side.add(new Numbered(attributes.size() + 1, reading.read()));
        attributes.addAll(reading.attributes());
    }

    PlannedHook hook(GoFunction function, String span, SpanKind kind, List<Long> plainErrors) {
        return new PlannedHook(
                function, span, kind, attributes, bytes(start, kind, plainErrors), bytes(end, kind, plainErrors));
    }

    private byte[] bytes(List<Numbered> side, SpanKind kind, List<Long> plainErrors) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
        bytes.put(number(kind))
                .put((byte) side.size())
                .put((byte) (start.isEmpty() ? 0 : 1))
                .put((byte) 0);
        bytes.putInt(0);
        context.write(bytes, 0);
        for (int i = 0; i < PLAIN_ERRORS; i++) {
            bytes.putLong(i < plainErrors.size() ? plainErrors.get(i) : 0);
        }
        side.forEach(numbered -> numbered.read().write(bytes, numbered.attribute()));
        return bytes.array();
    }

    /** {@code enum zs_kind}. */
    private static byte number(SpanKind kind) {
        return switch (kind) {
            case INTERNAL -> 1;
            case SERVER -> 2;
            case CLIENT -> 3;
            case PRODUCER -> 4;
            case CONSUMER -> 5;
        };
    }
}
