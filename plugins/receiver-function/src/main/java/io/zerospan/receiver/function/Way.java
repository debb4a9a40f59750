package io.zerospan.receiver.function;

import io.zerospan.api.GoShape;
import io.zerospan.receiver.function.Convention.Part;
import io.zerospan.receiver.function.Convention.Place;
import java.util.ArrayList;
import java.util.List;

/** From a variable through fields and pointers: where the value lies that has been reached, and its type. */
final class Way {
    private final Place place;
    private GoShape type;
    /** Within the variable, as long as no pointer was followed. */
    private int offset;
    /** The register that the way into memory began with, or {@link Read#STACK}. */
    private int from = -1;

    private final List<Integer> at = new ArrayList<>();

    Way(Place place, GoShape type) {
        this.place = place;
        this.type = type;
        if (place.stack() >= 0) {
            from = Read.STACK;
            at.add(place.stack());
        }
    }

    GoShape type() {
        return type;
    }

    private boolean inMemory() {
        return !at.isEmpty();
    }

    void field(GoShape.Field field) {
        add(field.offset());
        type = field.type();
    }

    private void add(int bytes) {
        if (inMemory()) {
            int last = at.size() - 1;
            at.set(last, at.get(last) + bytes);
        } else {
            offset += bytes;
        }
    }

    /** To what the pointer points to. */
    void follow(GoShape element) throws ExpressionException {
        if (inMemory()) {
            at.add(0);
        } else {
            from = register();
            at.add(0);
        }
        if (at.size() > Read.MOST_HOPS + 1) {
            throw new ExpressionException("more than " + Read.MOST_HOPS + " pointers lie on the way");
        }
        type = element;
    }

    private int register() throws ExpressionException {
        for (Part part : place.parts()) {
            if (part.offset() == offset && part.register() >= 0) {
                return part.register();
            }
        }
        throw new ExpressionException("a " + type.name()
                + " in a floating-point register is what probes can't read; one that lies behind a pointer can be had");
    }

    /** Reads the value that was reached, or what lies some bytes further. */
    Read read(Read.Value value, int size, int further) throws ExpressionException {
        add(further);
        return inMemory() ? new Read(value, size, from, List.copyOf(at)) : new Read(value, size, register(), List.of());
    }
}
