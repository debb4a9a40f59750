package io.zerospan.receiver.function;

import io.opentelemetry.api.common.AttributeKey;
import io.zerospan.api.SpanDraft;
import io.zerospan.api.SpanShaper;
import java.time.Instant;
import java.util.List;

/** Makes values of what probes carry over as numbers: floating-point ones, large ones, times. */
final class FunctionShaper implements SpanShaper {
    static final String UNSIGNED = SpanDraft.INTERNAL + "unsigned.";
    static final String FLOAT32 = SpanDraft.INTERNAL + "float32.";
    static final String FLOAT64 = SpanDraft.INTERNAL + "float64.";
    static final String WALL = SpanDraft.INTERNAL + "wall.";
    static final String EXT = SpanDraft.INTERNAL + "ext.";
    static final String ERROR = SpanDraft.INTERNAL + "error.";

    @Override
    public void shape(SpanDraft draft) {
        for (String name : List.copyOf(draft.names())) {
            if (name.startsWith(UNSIGNED)) {
                unsigned(draft, name.substring(UNSIGNED.length()), draft.number(name, 0));
            } else if (name.startsWith(FLOAT32)) {
                floating(draft, name, FLOAT32, Float.intBitsToFloat((int) draft.number(name, 0)));
            } else if (name.startsWith(FLOAT64)) {
                floating(draft, name, FLOAT64, Double.longBitsToDouble(draft.number(name, 0)));
            } else if (name.startsWith(WALL)) {
                String attribute = name.substring(WALL.length());
                String time = GoTime.instant(draft.number(name, 0), draft.number(EXT + attribute, 0));
                draft.put(AttributeKey.stringKey(attribute), time);
            } else if (name.startsWith(ERROR)) {
                String type = draft.text(name);
                draft.put(AttributeKey.stringKey(name.substring(ERROR.length())), type == null ? "" : type);
            }
        }
        AS_DECLARED.shape(draft);
    }

    /** What does not fit a signed number is a text. */
    private static void unsigned(SpanDraft draft, String attribute, long value) {
        if (value >= 0) {
            draft.put(AttributeKey.longKey(attribute), value);
        } else {
            draft.put(AttributeKey.stringKey(attribute), Long.toUnsignedString(value));
        }
    }

    private static void floating(SpanDraft draft, String name, String prefix, double value) {
        draft.put(AttributeKey.doubleKey(name.substring(prefix.length())), value);
    }

    /** Go's {@code time.Time}: two numbers, the same since Go 1.9. */
    static final class GoTime {
        private static final long MONOTONIC = 1L << 63;
        private static final int NANOS_BITS = 30;
        private static final long DAY = 86_400;
        /** From the year 1 to 1970, and to 1885, where a time with a monotonic clock begins. */
        private static final long UNIX = days(1969) * DAY;

        private static final long WALL_BEGIN = days(1884) * DAY;
        /** What {@link Instant} can hold. */
        private static final long FARTHEST = Instant.MAX.getEpochSecond();

        private GoTime() {}

        private static long days(long years) {
            return years * 365 + years / 4 - years / 100 + years / 400;
        }

        static String instant(long wall, long ext) {
            long nanos = wall & ((1L << NANOS_BITS) - 1);
            long seconds = (wall & MONOTONIC) != 0 ? WALL_BEGIN + (wall << 1 >>> NANOS_BITS + 1) : ext;
            long unix = Math.max(-FARTHEST, Math.min(FARTHEST, seconds - UNIX));
            return Instant.ofEpochSecond(unix, Math.min(nanos, 999_999_999)).toString();
        }
    }
}
