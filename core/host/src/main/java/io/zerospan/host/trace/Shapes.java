package io.zerospan.host.trace;

import io.zerospan.api.GoShape;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.gobinary.GoType;
import io.zerospan.gobinary.TypeLayout;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The types of a binary, and those that follow from how Go writes them: every pointer is a word. */
final class Shapes {
    private static final Logger LOG = LoggerFactory.getLogger(Shapes.class);
    private static final int WORD = 8;
    /** Depth of {@code **[]T} that is followed; a name comes from a configuration. */
    private static final int MOST_PREFIXES = 16;

    private static final Map<String, GoShape.Kind> NAMES = Map.ofEntries(
            Map.entry("any", GoShape.Kind.INTERFACE),
            Map.entry("byte", GoShape.Kind.UINT8),
            Map.entry("rune", GoShape.Kind.INT32),
            Map.entry("unsafe.Pointer", GoShape.Kind.UNSAFE_POINTER));

    private static final Pattern ARRAY = Pattern.compile("\\[(\\d{1,9})](.+)");

    private final GoBinary binary;
    private final Map<Long, Optional<GoShape>> byAddress = new ConcurrentHashMap<>();
    private final Map<String, Optional<GoShape>> droppedByName = new ConcurrentHashMap<>();

    Shapes(GoBinary binary) {
        this.binary = binary;
    }

    Optional<GoShape> at(long address) {
        if (address == 0) {
            return Optional.empty();
        }
        Optional<GoShape> known = byAddress.get(address);
        if (known == null) {
            known = read(address);
            byAddress.put(address, known);
        }
        return known;
    }

    private Optional<GoShape> read(long address) {
        try {
            return binary.layout(address).map(layout -> new Described(layout, this));
        } catch (GoBinaryException e) {
            return Optional.empty();
        }
    }

    /** By a name as it stands in Go's source, but with whole paths of packages. */
    Optional<GoShape> named(String name) {
        return named(name, 0);
    }

    private Optional<GoShape> named(String name, int depth) {
        Optional<GoShape> described = binary.type(name).map(GoType::address).flatMap(this::at);
        if (described.isPresent() || depth > MOST_PREFIXES) {
            return described;
        }
        if (name.startsWith("*")) {
            return word(name, GoShape.Kind.POINTER, () -> named(name.substring(1), depth + 1));
        }
        if (name.startsWith("[]")) {
            return Optional.of(new Plain(
                    name, GoShape.Kind.SLICE, 3 * WORD, WORD, false, 0, () -> named(name.substring(2), depth + 1)));
        }
        Matcher array = ARRAY.matcher(name);
        if (array.matches()) {
            return named(array.group(2), depth + 1)
                    .map(element -> array(name, Integer.parseInt(array.group(1)), element));
        }
        if (name.startsWith("map[")) {
            return word(name, GoShape.Kind.MAP, Optional::empty);
        }
        if (name.startsWith("chan ") || name.startsWith("<-chan ") || name.startsWith("chan<- ")) {
            return word(name, GoShape.Kind.CHAN, Optional::empty);
        }
        if (name.startsWith("func(")) {
            return word(name, GoShape.Kind.FUNC, Optional::empty);
        }
        return basic(name).or(() -> dropped(name));
    }

    private static GoShape array(String name, int length, GoShape element) {
        int size = (int) Math.min((long) length * element.size(), Integer.MAX_VALUE);
        return new Plain(
                name, GoShape.Kind.ARRAY, size, element.alignment(), false, length, () -> Optional.of(element));
    }

    private static Optional<GoShape> word(String name, GoShape.Kind kind, Supplier<Optional<GoShape>> element) {
        return Optional.of(new Plain(name, kind, WORD, WORD, false, 0, element));
    }

    private static Optional<GoShape> basic(String name) {
        if (name.equals("error") || name.equals("interface {}") || name.equals("interface{}")) {
            return ofKind(name, GoShape.Kind.INTERFACE);
        }
        if (name.equals("struct {}") || name.equals("struct{}")) {
            return Optional.of(new Plain(name, GoShape.Kind.STRUCT, 0, 1, false, 0, Optional::empty));
        }
        GoShape.Kind kind = NAMES.get(name);
        if (kind == null && name.equals(name.toLowerCase(Locale.ROOT))) {
            for (GoShape.Kind candidate : GoShape.Kind.values()) {
                if (candidate.name().toLowerCase(Locale.ROOT).equals(name)) {
                    kind = candidate;
                }
            }
        }
        return kind == null ? Optional.empty() : ofKind(name, kind);
    }

    /** What the linker dropped, but the debug information has. */
    private Optional<GoShape> dropped(String name) {
        return droppedByName.computeIfAbsent(name, key -> {
            if (!binary.hasDebugInformation()) {
                return Optional.empty();
            }
            try {
                return at(binary.debugType(key));
            } catch (GoBinaryException e) {
                LOG.warn("type {}: {}", key, e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** What is known of a type without description: enough, unless it has parts. */
    Optional<GoShape> ofKind(String name, int kind) {
        return kind <= 0 || kind >= GoShape.Kind.values().length
                ? Optional.empty()
                : ofKind(name, GoShape.Kind.values()[kind]);
    }

    private static Optional<GoShape> ofKind(String name, GoShape.Kind kind) {
        int size = switch (kind) {
            case BOOL, INT8, UINT8 -> 1;
            case INT16, UINT16 -> 2;
            case INT32, UINT32, FLOAT32 -> 4;
            case INT, INT64, UINT, UINT64, UINTPTR, FLOAT64, COMPLEX64 -> WORD;
            case CHAN, FUNC, MAP, POINTER, UNSAFE_POINTER -> WORD;
            case COMPLEX128, INTERFACE, STRING -> 2 * WORD;
            case SLICE -> 3 * WORD;
            case INVALID, ARRAY, STRUCT -> 0;
        };
        if (size == 0) {
            return Optional.empty();
        }
        int alignment = Math.max(1, Math.min(size, kind == GoShape.Kind.COMPLEX64 ? WORD / 2 : WORD));
        boolean methods = kind == GoShape.Kind.INTERFACE
                && !name.equals("any")
                && !name.equals("interface {}")
                && !name.equals("interface{}");
        return Optional.of(new Plain(name, kind, size, alignment, methods, 0, Optional::empty));
    }

    private record Plain(
            String name,
            Kind kind,
            int size,
            int alignment,
            boolean hasMethods,
            long length,
            Supplier<Optional<GoShape>> pointsTo)
            implements GoShape {
        @Override
        public long address() {
            return 0;
        }

        @Override
        public @Nullable GoShape element() {
            return pointsTo.get().orElse(null);
        }

        @Override
        public List<Field> fields() {
            return List.of();
        }
    }

    private record Described(TypeLayout layout, Shapes shapes) implements GoShape {
        @Override
        public String name() {
            return layout.name();
        }

        @Override
        public Kind kind() {
            return layout.kind() < Kind.values().length ? Kind.values()[layout.kind()] : Kind.INVALID;
        }

        @Override
        public int size() {
            return layout.size();
        }

        @Override
        public int alignment() {
            return layout.alignment() == TypeLayout.BY_PARTS ? byParts() : layout.alignment();
        }

        private int byParts() {
            @Nullable GoShape element = kind() == Kind.ARRAY ? element() : null;
            return switch (kind()) {
                case STRUCT ->
                    fields().stream()
                            .mapToInt(field -> field.type().alignment())
                            .max()
                            .orElse(1);
                case ARRAY -> element == null ? 1 : element.alignment();
                case COMPLEX64 -> WORD / 2;
                default -> Math.max(1, Math.min(size(), WORD));
            };
        }

        @Override
        public long address() {
            return Math.max(0, layout.address());
        }

        @Override
        public @Nullable GoShape element() {
            return shapes.at(layout.element()).orElse(null);
        }

        @Override
        public long length() {
            return layout.length();
        }

        @Override
        public List<Field> fields() {
            return layout.fields().stream()
                    .flatMap(field -> shapes
                            .at(field.type())
                            .map(type -> new Field(field.name(), type, field.offset(), field.embedded()))
                            .stream())
                    .toList();
        }

        @Override
        public boolean hasMethods() {
            return layout.methods();
        }
    }
}
