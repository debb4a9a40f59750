package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A Go program of functions with arguments and results of all kinds, made by a seed. Each function writes what it was
 * called with and what it returns into a file; the expressions for the same values go to the receiver.
 */
final class Signatures {
    private static final int STRUCTS = 12;
    /** What a plan holds of arguments; results have one less, for the error's type. */
    private static final int MOST_VALUES = 15;

    /**
     * A value that an expression can have.
     *
     * @param go how Go's own code has it
     * @param expression how the receiver has it
     */
    private record Leaf(String go, String expression) {}

    /**
     * @param floats leaves that can be had where they lie in memory only
     * @param spilled goes to the stack as a whole, and what it is a part of as well: it holds a longer array
     */
    private record Type(String name, String literal, List<Leaf> leaves, List<Leaf> floats, boolean spilled) {
        Type(String name, String literal, List<Leaf> leaves, List<Leaf> floats) {
            this(name, literal, leaves, floats, false);
        }

        /** Those that can be had of an argument or a result. */
        List<Leaf> passed() {
            return spilled ? all() : leaves;
        }

        List<Leaf> all() {
            List<Leaf> all = new ArrayList<>(leaves);
            all.addAll(floats);
            return all;
        }
    }

    private final Random random;
    private final List<Type> structs = new ArrayList<>();
    private final StringBuilder source = new StringBuilder();
    private final StringBuilder calls = new StringBuilder();
    private final List<Map<String, ?>> probes = new ArrayList<>();

    Signatures(long seed, int functions) {
        random = new Random(seed);
        source.append("""
                package main

                import (
                	"bufio"
                	"errors"
                	"fmt"
                	"os"
                	"time"
                )

                var truth *os.File

                func say(function, attribute string, value any) {
                	fmt.Fprintf(truth, "%s %s %v\\n", function, attribute, value)
                }

                func ptr[T any](value T) *T { return &value }

                var _ = errors.New
                var _ time.Duration

                """);
        for (int i = 0; i < STRUCTS; i++) {
            struct(i);
        }
        for (int i = 0; i < functions; i++) {
            function(i);
        }
        source.append("var types = []any{time.Duration(0), time.Time{}, ");
        structs.forEach(struct -> source.append(struct.name())
                .append("{}, &")
                .append(struct.name())
                .append("{}, "));
        source.append("}\n\nfunc main() {\n\ttruth, _ = os.Create(os.Args[1])\n\tfmt.Println(\"ready\", len(types))\n"
                        + "\tbufio.NewReader(os.Stdin).ReadString('\\n')\n")
                .append(calls)
                .append(
                        "\ttruth.Close()\n\tfmt.Println(\"called\")\n\tbufio.NewReader(os.Stdin).ReadString('\\n')\n}\n");
    }

    List<Map<String, ?>> probes() {
        return probes;
    }

    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("go.mod"), "module example.com/signatures\n\ngo 1.18\n");
        Files.writeString(folder.resolve("main.go"), source);
        return folder;
    }

    private Type one(List<Type> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Type scalar() {
        int n = random.nextInt(100);
        List<Leaf> self = List.of(new Leaf("", ""));
        List<Leaf> length = List.of(new Leaf("len()", "len()"));
        return one(List.of(
                new Type("int8", "int8(-" + n + ")", self, List.of()),
                new Type("int16", "int16(-" + n * 300 + ")", self, List.of()),
                new Type("int32", "int32(-" + n * 3_000_000 + ")", self, List.of()),
                new Type("int64", "int64(-" + n * 30_000_000_000L + ")", self, List.of()),
                new Type("int", Integer.toString(n), self, List.of()),
                new Type("uint8", "uint8(" + (n + 150) + ")", self, List.of()),
                new Type("uint16", "uint16(" + (n + 65_000) + ")", self, List.of()),
                new Type("uint32", "uint32(" + (n + 4_000_000_000L) + ")", self, List.of()),
                new Type("uint64", "uint64(1<<63 + " + n + ")", self, List.of()),
                new Type("bool", random.nextBoolean() ? "true" : "false", self, List.of()),
                new Type("string", "\"s" + n + "\"", self, List.of()),
                new Type("string", "\"t" + n + "\"", self, List.of()),
                new Type("float64", n + ".5", List.of(), self),
                new Type("float32", "float32(" + n + ".25)", List.of(), self),
                new Type("complex128", "complex(1, 2)", List.of(), List.of()),
                new Type("[]int", "make([]int, " + n + ")", length, List.of()),
                new Type("map[string]int", "map[string]int{\"a\": 1, \"b\": 2}", length, List.of()),
                new Type("func()", "func() {}", List.of(), List.of()),
                new Type("struct{}", "struct{}{}", List.of(), List.of()),
                new Type(
                        "time.Duration",
                        "time.Duration(" + n + ")",
                        List.of(new Leaf(".Nanoseconds()", "")),
                        List.of()),
                new Type(
                        "time.Time",
                        "time.Unix(" + (1_700_000_000 + n) + ", 123456789)",
                        List.of(new Leaf(".UTC().Format(time.RFC3339Nano)", "")),
                        List.of()),
                new Type("error", "errors.New(\"e" + n + "\")", List.of(new Leaf("", ".error")), List.of()),
                new Type("any", "any(" + n + ")", List.of(new Leaf("%T", ".type")), List.of())));
    }

    /** A scalar, a struct made before, a pointer to one, or a short array. */
    private Type type() {
        int choice = random.nextInt(10);
        if (structs.isEmpty() || choice < 6) {
            return choice == 5 ? array(scalar()) : scalar();
        }
        Type struct = one(structs);
        if (choice == 6) {
            return array(struct);
        }
        if (choice < 9) {
            return struct;
        }
        return new Type("*" + struct.name(), "ptr(" + struct.literal() + ")", struct.all(), List.of());
    }

    /** Longer than 1 it goes to the stack, with all that it is a part of; its elements can't be had. */
    private Type array(Type element) {
        int length = random.nextInt(3);
        String name = "[" + length + "]" + element.name();
        String elements =
                length == 0 ? "" : length == 1 ? element.literal() : element.literal() + ", " + element.literal();
        return new Type(name, name + "{" + elements + "}", List.of(), List.of(), length > 1 || element.spilled());
    }

    private void struct(int index) {
        String name = "S" + index;
        StringBuilder fields = new StringBuilder();
        StringBuilder literal = new StringBuilder(name).append('{');
        List<Leaf> leaves = new ArrayList<>();
        List<Leaf> floats = new ArrayList<>();
        boolean spilled = false;
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Type type = type();
            spilled |= type.spilled();
            boolean blank = random.nextInt(8) == 0;
            String field = blank ? "_" : "F" + i;
            fields.append('\t').append(field).append(' ').append(type.name()).append('\n');
            if (!blank) {
                literal.append(field).append(": ").append(type.literal()).append(", ");
                type.leaves().forEach(leaf -> leaves.add(below("." + field, leaf)));
                type.floats().forEach(leaf -> floats.add(below("." + field, leaf)));
            }
        }
        source.append("type ").append(name).append(" struct {\n").append(fields).append("}\n\n");
        structs.add(new Type(name, literal.append('}').toString(), leaves, floats, spilled));
    }

    private static Leaf below(String prefix, Leaf leaf) {
        return new Leaf(below(prefix, leaf.go()), below(prefix, leaf.expression()));
    }

    private static String below(String prefix, String way) {
        if (way.startsWith("len(")) {
            return "len(" + prefix + way.substring("len(".length());
        }
        return way.endsWith("%T") ? prefix + way : prefix + way;
    }

    private void function(int index) {
        String name = "f" + index;
        Map<String, String> attributes = new LinkedHashMap<>();
        StringBuilder body = new StringBuilder();
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        Type receiver = random.nextInt(3) == 0 ? one(structs) : null;
        boolean pointer = receiver != null && random.nextBoolean();
        int first = 0;
        if (receiver != null) {
            List<Leaf> leaves = pointer ? receiver.all() : receiver.passed();
            leaves.forEach(leaf -> attribute(name, "a", below("a0", leaf), below("arg0", leaf), attributes, body));
            first = 1;
        }
        int count = random.nextInt(9);
        for (int i = first; i < first + count; i++) {
            Type type = type();
            int at = i;
            parameters.add("a" + i + " " + type.name());
            arguments.add(type.literal());
            type.passed()
                    .forEach(leaf ->
                            attribute(name, "a", below("a" + at, leaf), below("arg" + at, leaf), attributes, body));
        }
        StringBuilder set = new StringBuilder();
        List<String> results = new ArrayList<>();
        int returned = random.nextInt(6);
        for (int i = 0; i < returned; i++) {
            Type type = type();
            int at = i;
            results.add("r" + i + " " + type.name());
            set.append("\tr").append(i).append(" = ").append(type.literal()).append('\n');
            StringBuilder after = new StringBuilder();
            type.passed()
                    .forEach(leaf ->
                            attribute(name, "r", below("r" + at, leaf), below("ret" + at, leaf), attributes, after));
            set.append(after);
        }
        String self = receiver == null ? "" : "(a0 " + (pointer ? "*" : "") + receiver.name() + ") ";
        String symbol = receiver == null
                ? "main." + name
                : "main." + (pointer ? "(*" + receiver.name() + ")" : receiver.name()) + "." + name;
        source.append("//go:noinline\nfunc %s%s(%s) (%s) {\n%s%s\treturn\n}\n\n"
                .formatted(self, name, String.join(", ", parameters), String.join(", ", results), body, set));
        String on = receiver == null ? "" : pointer ? "ptr(" + receiver.literal() + ")." : receiver.literal() + ".";
        calls.append('\t')
                .append(on)
                .append(name)
                .append('(')
                .append(String.join(", ", arguments))
                .append(")\n");
        probes.add(Map.of("symbol", symbol, "span", name, "attributes", attributes));
    }

    private static void attribute(
            String function,
            String side,
            Leaf go,
            Leaf expression,
            Map<String, String> attributes,
            StringBuilder body) {
        long same =
                attributes.keySet().stream().filter(key -> key.startsWith(side)).count();
        if (same == MOST_VALUES) {
            return;
        }
        String key = side + same;
        attributes.put(key, expression.expression());
        String value = go.go().endsWith("%T")
                ? "fmt.Sprintf(\"%T\", " + go.go().substring(0, go.go().length() - 2) + ")"
                : go.go();
        body.append("\tsay(\"%s\", \"%s\", %s)\n".formatted(function, key, value));
    }
}
