package io.zerospan.receiver.function;

import io.zerospan.api.GoShape;
import io.zerospan.api.PlannedAttribute;
import io.zerospan.api.PlannedAttribute.Type;
import io.zerospan.receiver.function.Read.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attribute is read, and under which names it travels.
 *
 * @param attributes one, or two for what comes in two parts
 */
record Reading(Read read, List<PlannedAttribute> attributes) {
    private static final String ERROR = "error";
    private static final String TYPE = "type";

    /** The value of an expression, along the way that begins with its variable. */
    static Reading of(String name, Expression expression, Way way) throws ExpressionException {
        List<String> path = expression.path();
        for (int i = 0; i < path.size(); i++) {
            boolean last = i == path.size() - 1;
            GoShape reached = Fields.structure(way.type());
            if (last
                    && reached.kind() == GoShape.Kind.INTERFACE
                    && expression.function() == Expression.Function.VALUE) {
                if (path.get(i).equals(TYPE)) {
                    toValue(way);
                    return dynamicType(name, way);
                }
                if (path.get(i).equals(ERROR)) {
                    toValue(way);
                    return error(name, way);
                }
            }
            step(way, path.get(i), expression);
        }
        toValue(way);
        return switch (expression.function()) {
            case VALUE -> value(name, expression, way);
            case LEN -> count(name, expression, way, false);
            case CAP -> count(name, expression, way, true);
        };
    }

    private static void step(Way way, String field, Expression expression) throws ExpressionException {
        GoShape type = way.type();
        List<GoShape.Field> fields = Fields.find(type, field);
        if (fields.isEmpty()) {
            throw new ExpressionException("'" + expression.text() + "': no field " + field + "; " + noField(type));
        }
        for (GoShape.Field next : fields) {
            toStruct(way);
            way.field(next);
        }
    }

    private static String noField(GoShape type) {
        return switch (Fields.structure(type).kind()) {
            case STRUCT -> Fields.what(type);
            case INTERFACE ->
                type.name() + " is no struct; .type gives the type of what an interface holds, .error an error's text";
            case POINTER -> Signature.undescribed(type.name().replaceFirst("^\\*", "")) + ", to which it points";
            default -> type.name() + " is no struct";
        };
    }

    private static void toStruct(Way way) throws ExpressionException {
        @Nullable GoShape element = way.type().kind() == GoShape.Kind.POINTER ? way.type().element() : null;
        if (element != null) {
            way.follow(element);
        }
    }

    /** Pointers are followed to what is no pointer. */
    private static void toValue(Way way) throws ExpressionException {
        while (way.type().kind() == GoShape.Kind.POINTER && way.type().element() != null) {
            toStruct(way);
        }
    }

    private static Reading value(String name, Expression expression, Way way) throws ExpressionException {
        GoShape type = way.type();
        int size = type.size();
        return switch (type.kind()) {
            case STRING -> one(way.read(Value.TEXT, 0, 0), name, Type.TEXT);
            case BOOL -> one(way.read(Value.BOOL, 1, 0), name, Type.BOOL);
            case INT, INT8, INT16, INT32, INT64 -> one(way.read(Value.SIGNED, size, 0), name, Type.INT);
            case UINT8, UINT16, UINT32 -> one(way.read(Value.UNSIGNED, size, 0), name, Type.INT);
            case UINT, UINT64, UINTPTR ->
                one(way.read(Value.UNSIGNED, size, 0), FunctionShaper.UNSIGNED + name, Type.INT);
            case FLOAT32 -> one(way.read(Value.UNSIGNED, size, 0), FunctionShaper.FLOAT32 + name, Type.INT);
            case FLOAT64 -> one(way.read(Value.UNSIGNED, size, 0), FunctionShaper.FLOAT64 + name, Type.INT);
            case INTERFACE -> {
                if (type.name().equals(ERROR)) {
                    yield error(name, way);
                }
                throw no(expression, way, "its value can't be had; append .type for the type of what it holds");
            }
            case STRUCT -> {
                if (type.name().equals("time.Time")) {
                    yield new Reading(
                            way.read(Value.PAIR, 0, 0),
                            List.of(
                                    new PlannedAttribute(FunctionShaper.WALL + name, Type.INT),
                                    new PlannedAttribute(FunctionShaper.EXT + name, Type.INT)));
                }
                throw no(expression, way, "name one of its fields; " + Fields.what(type));
            }
            case SLICE, MAP, CHAN ->
                throw no(expression, way, "only its length can be had: len(" + expression.text() + ")");
            default -> throw no(expression, way, "values of this kind can't be had");
        };
    }

    private static ExpressionException no(Expression expression, Way way, String why) {
        return new ExpressionException(
                "'" + expression.text() + "' is a " + way.type().name() + "; " + why);
    }

    private static Reading dynamicType(String name, Way way) throws ExpressionException {
        Value value = way.type().hasMethods() ? Value.INTERFACE : Value.ANY;
        return one(way.read(value, 0, 0), name, Type.GO_TYPE);
    }

    private static Reading error(String name, Way way) throws ExpressionException {
        if (!way.type().hasMethods()) {
            throw new ExpressionException("a " + way.type().name() + " is no error");
        }
        return new Reading(
                way.read(Value.ERROR, 0, 0),
                List.of(
                        new PlannedAttribute(name, Type.TEXT),
                        new PlannedAttribute(FunctionShaper.ERROR + name, Type.GO_TYPE)));
    }

    private static Reading count(String name, Expression expression, Way way, boolean capacity)
            throws ExpressionException {
        GoShape type = way.type();
        return switch (type.kind()) {
            case SLICE ->
                one(way.read(Value.SIGNED, Long.BYTES, capacity ? 2 * Long.BYTES : Long.BYTES), name, Type.INT);
            case STRING -> {
                if (capacity) {
                    throw no(expression, way, "a string has no capacity");
                }
                yield one(way.read(Value.SIGNED, Long.BYTES, Long.BYTES), name, Type.INT);
            }
            // maps and channels are pointers to what begins with the number of elements; a channel's size is next
            case MAP, CHAN -> {
                if (capacity && type.kind() == GoShape.Kind.MAP) {
                    throw no(expression, way, "a map has no capacity");
                }
                way.follow(type);
                yield one(way.read(Value.SIGNED, Long.BYTES, capacity ? Long.BYTES : 0), name, Type.INT);
            }
            default -> throw no(expression, way, "it has no length");
        };
    }

    private static Reading one(Read read, String name, Type type) {
        return new Reading(read, List.of(new PlannedAttribute(name, type)));
    }
}
