package io.zerospan.receiver.function;

import io.zerospan.api.GoFunction;
import io.zerospan.api.GoProgram;
import io.zerospan.api.GoShape;
import io.zerospan.api.GoVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The arguments and results of a function, by the names that expressions use, and where each lies. */
final class Signature {
    /** One of them; without a place its own or an earlier one's type is not known. */
    record Variable(
            String name,
            boolean result,
            String typeName,
            @Nullable GoShape type,
            Convention.@Nullable Place place) {}

    private static final String ARGUMENT = "arg";
    private static final String RESULT = "ret";
    private static final String INSTANTIATED = "[";
    private static final String DICTIONARY = ".dict";
    /** Debug information has no dictionaries. A method of a generic type has it behind the receiver; closures have none. */
    private static final Pattern METHOD = Pattern.compile(".*\\[.*]\\)?\\.[^.()\\[\\]]+");

    /** Up to 1.19 a method was compiled as a function, whose dictionary comes first. */
    private static final Pattern DICTIONARY_FIRST = Pattern.compile("go1\\.1[89]\\b.*");

    private static final Pattern CLOSURE = Pattern.compile(".*\\.func\\d+(?:\\.\\d+)*");

    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, String> sourceNames = new LinkedHashMap<>();
    private final boolean known;

    private Signature(boolean known) {
        this.known = known;
    }

    /**
     * @param known by the debug information, null where it has none
     * @param stated by the user, who knows better
     */
    static Signature of(
            GoFunction function, GoProgram program, @Nullable List<GoVariable> known, Map<String, String> stated) {
        Signature signature = new Signature(known != null);
        Convention convention = new Convention(program.architecture());
        signature.add(convention, function, program, side(known, false), stated, false);
        convention.results();
        signature.add(convention, function, program, side(known, true), stated, true);
        return signature;
    }

    private static List<GoVariable> side(@Nullable List<GoVariable> known, boolean results) {
        List<GoVariable> side = new ArrayList<>();
        if (known != null) {
            known.stream()
                    .filter(variable ->
                            variable.result() == results && !variable.name().equals(DICTIONARY))
                    .forEach(side::add);
        }
        return side;
    }

    private void add(
            Convention convention,
            GoFunction function,
            GoProgram program,
            List<GoVariable> side,
            Map<String, String> stated,
            boolean results) {
        String prefix = results ? RESULT : ARGUMENT;
        String symbol = function.symbol();
        boolean dictionary = !results
                && symbol.contains(INSTANTIATED)
                && !CLOSURE.matcher(symbol).matches();
        boolean behindReceiver = METHOD.matcher(symbol).matches()
                && !DICTIONARY_FIRST.matcher(program.goVersion()).matches();
        int dictionaryAt = behindReceiver ? 1 : 0;
        boolean lost = false;
        for (int i = 0; i < side.size() || stated.containsKey(prefix + i) || laterStated(stated, prefix, i); i++) {
            if (dictionary && i == dictionaryAt) {
                convention.skipWord();
            }
            GoVariable variable = i < side.size() ? side.get(i) : null;
            String typeName = stated.get(prefix + i);
            GoShape type = typeName == null ? null : program.type(typeName).orElse(null);
            if (typeName == null && variable != null) {
                typeName = variable.typeName();
                type = variable.type();
            }
            lost |= type == null;
            Convention.Place place = lost || type == null ? null : convention.next(type);
            String name = prefix + i;
            variables.put(name, new Variable(name, results, typeName == null ? "" : typeName, type, place));
            if (variable != null
                    && !variable.name().isEmpty()
                    && !variable.name().equals("_")) {
                sourceNames.putIfAbsent(variable.name(), name);
            }
        }
    }

    private static boolean laterStated(Map<String, String> stated, String prefix, int index) {
        return stated.keySet().stream()
                .anyMatch(name ->
                        name.matches(prefix + "\\d{1,2}") && Integer.parseInt(name.substring(prefix.length())) > index);
    }

    Variable variable(String root) throws ExpressionException {
        Variable variable = variables.get(sourceNames.getOrDefault(root, root));
        if (variable == null) {
            throw new ExpressionException(
                    "there is no " + root + "; " + (variables.isEmpty() && !known ? unknown(root) : "it has " + all()));
        }
        if (variable.place() != null) {
            return variable;
        }
        for (Variable before : variables.values()) {
            if (before.type() == null && before.result() == variable.result()) {
                throw new ExpressionException(
                        before.typeName().isEmpty()
                                ? "the type of " + before.name() + " is not known; " + unknown(before.name())
                                : undescribed(before.typeName()) + ", the type of " + before.name()
                                        + ": neither it nor what comes behind it can be found");
            }
        }
        throw new ExpressionException("the place of " + root + " is not known");
    }

    static String undescribed(String typeName) {
        return "the program does not describe " + typeName + " (debug information would)";
    }

    private static String unknown(String root) {
        String name = root.matches("(arg|ret)\\d+") ? root : ARGUMENT + 0;
        return "the program has no debug information of it: state the type of each argument up to it, as in"
                + " types: {" + name + ": '*main.Cart'}";
    }

    private String all() {
        if (variables.isEmpty()) {
            return "no arguments and no results";
        }
        return variables.values().stream()
                .map(variable -> variable.name() + " " + variable.typeName())
                .collect(Collectors.joining(", "));
    }

    /** The first argument that is a context. */
    @Nullable Variable context() {
        return variables.values().stream()
                .filter(variable -> !variable.result() && variable.place() != null)
                .filter(variable -> variable.typeName().equals("context.Context"))
                .findFirst()
                .orElse(null);
    }

    /** The last result, if it is an error. */
    @Nullable Variable error() {
        Variable last = null;
        for (Variable variable : variables.values()) {
            if (variable.result()) {
                last = variable;
            }
        }
        return last != null && last.place() != null && last.typeName().equals("error") ? last : null;
    }
}
