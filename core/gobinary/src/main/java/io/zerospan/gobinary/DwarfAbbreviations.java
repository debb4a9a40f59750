package io.zerospan.gobinary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One table of abbreviations: the shapes that a unit's entries have. */
final class DwarfAbbreviations {
    /** Go has 50 shapes, gcc a few hundred in a large unit. */
    private static final int MAX_SHAPES = 1 << 16;
    /** Of one shape; gcc's longest has 20. */
    private static final int MAX_ATTRIBUTES = 256;

    private static final int IMPLICIT_CONST = 0x21;

    /** Attributes and their forms in turns; a form's own value, if it has one, stands beside it. */
    record Shape(int tag, boolean children, int[] attributes, int[] forms, long[] values) {}

    private final Map<Long, Shape> shapes;

    private DwarfAbbreviations(Map<Long, Shape> shapes) {
        this.shapes = shapes;
    }

    static DwarfAbbreviations read(DwarfBytes section, long offset) throws GoBinaryException {
        Map<Long, Shape> shapes = new HashMap<>();
        long at = offset;
        for (long code; (code = section.leb(at)) != 0; ) {
            if (shapes.size() >= MAX_SHAPES) throw section.failure("more than " + MAX_SHAPES + " shapes", at);
            at = section.afterLeb(at);
            int tag = (int) section.leb(at);
            at = section.afterLeb(at);
            boolean children = section.u8(at++) != 0;
            int[] attributes = new int[8];
            int[] forms = new int[8];
            long[] values = new long[8];
            int count = 0;
            for (; ; ) {
                int attribute = (int) section.leb(at);
                at = section.afterLeb(at);
                int form = (int) section.leb(at);
                at = section.afterLeb(at);
                if (attribute == 0 && form == 0) break;
                if (count == MAX_ATTRIBUTES) throw section.failure("a shape that never ends", at);
                if (count == attributes.length) {
                    attributes = Arrays.copyOf(attributes, count * 2);
                    forms = Arrays.copyOf(forms, count * 2);
                    values = Arrays.copyOf(values, count * 2);
                }
                attributes[count] = attribute;
                forms[count] = form;
                if (form == IMPLICIT_CONST) {
                    values[count] = section.leb(at);
                    at = section.afterLeb(at);
                }
                count++;
            }
            shapes.put(
                    code,
                    new Shape(
                            tag,
                            children,
                            Arrays.copyOf(attributes, count),
                            Arrays.copyOf(forms, count),
                            Arrays.copyOf(values, count)));
        }
        return new DwarfAbbreviations(shapes);
    }

    @Nullable Shape shape(long code) {
        return shapes.get(code);
    }
}
