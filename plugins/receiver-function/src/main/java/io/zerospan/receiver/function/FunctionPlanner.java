package io.zerospan.receiver.function;

import io.zerospan.api.GoFunction;
import io.zerospan.api.GoProgram;
import io.zerospan.api.GoShape;
import io.zerospan.api.GoVariable;
import io.zerospan.api.HookPlanner;
import io.zerospan.api.PlannedAttribute;
import io.zerospan.api.PlannedHook;
import io.zerospan.receiver.function.Signature.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the functions that the rules name in a program, and the way to each value that their expressions name. */
final class FunctionPlanner implements HookPlanner {
    /** A glob that matches more is a mistake, such as main.*: each call of each function would cost microseconds. */
    static final int MOST_FUNCTIONS = 64;
    /** Errors that begin with their text. */
    private static final List<String> PLAIN_ERRORS =
            List.of("*errors.errorString", "*fmt.wrapError", "*fmt.wrapErrors", "*fmt.fmtError");

    private static final String SYMBOL = "symbol";

    private final List<Rule> rules;

    FunctionPlanner(List<Rule> rules) {
        this.rules = rules;
    }

    @Override
    public List<PlannedHook> plan(GoProgram program, Complaints complaints) {
        Map<GoFunction, Rule> chosen = new LinkedHashMap<>();
        for (Rule rule : rules) {
            functions(rule, program, complaints).forEach(function -> chosen.putIfAbsent(function, rule));
        }
        if (chosen.isEmpty()) {
            return List.of();
        }
        Map<GoFunction, List<GoVariable>> variables = program.variables(chosen.keySet());
        List<Long> plainErrors = PLAIN_ERRORS.stream()
                .flatMap(name -> program.type(name).stream())
                .map(GoShape::address)
                .toList();
        List<PlannedHook> hooks = new ArrayList<>();
        chosen.forEach((function, rule) -> {
            Signature signature = Signature.of(function, program, variables.get(function), rule.types());
            hooks.add(plan(function, rule, signature, complaints)
                    .hook(function, span(rule, function), rule.kind(), plainErrors));
        });
        return hooks;
    }

    private static List<GoFunction> functions(Rule rule, GoProgram program, Complaints complaints) {
        List<GoFunction> all = program.functions(rule.symbol(), MOST_FUNCTIONS);
        if (all.isEmpty()) {
            complaints.missing(rule.config(), SYMBOL, () -> missing(rule.symbol(), program));
        }
        if (all.size() > MOST_FUNCTIONS) {
            complaints.wrong(
                    rule.config(),
                    SYMBOL,
                    rule.symbol() + " matches more than " + MOST_FUNCTIONS + " functions of " + program.path()
                            + "; name those that matter");
            return List.of();
        }
        List<GoFunction> usable = new ArrayList<>();
        String refusal = "";
        for (GoFunction function : all) {
            String why = program.refusal(function);
            if (why.isEmpty()) {
                usable.add(function);
            } else {
                refusal = why;
            }
        }
        if (usable.isEmpty() && !all.isEmpty()) {
            complaints.wrong(
                    rule.config(), SYMBOL, rule.symbol() + " can't be probed in " + program.path() + ": " + refusal);
        }
        return usable;
    }

    private static String missing(String symbol, GoProgram program) {
        if (program.isInlined(symbol)) {
            return symbol + " is inlined wherever " + program.path() + " calls it; name its caller";
        }
        List<String> similar = program.similar(symbol);
        return program.path() + " has no function " + symbol
                + (similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?");
    }

    private static Plan plan(GoFunction function, Rule rule, Signature signature, Complaints complaints) {
        Plan plan = new Plan();
        try {
            Variable context = signature.context();
            if (context != null) {
                plan.context(way(context).read(Read.Value.TEXT, 0, 0));
            }
            Variable error = signature.error();
            if (error != null) {
                plan.add(
                        new Reading(
                                way(error).read(Read.Value.ERROR_TYPE, 0, 0),
                                List.of(new PlannedAttribute("error.type", PlannedAttribute.Type.GO_TYPE))),
                        true);
            }
        } catch (ExpressionException e) {
            complaints.wrong(rule.config(), SYMBOL, function.symbol() + ": " + e.getMessage());
        }
        rule.attributes().forEach((name, expression) -> {
            try {
                Variable variable = signature.variable(expression.root());
                plan.add(Reading.of(name, expression, way(variable)), variable.result());
            } catch (ExpressionException e) {
                complaints.wrong(rule.attributePlace(), name, function.symbol() + ": " + e.getMessage());
            }
        });
        return plan;
    }

    private static Way way(Variable variable) throws ExpressionException {
        Convention.@Nullable Place place = variable.place();
        @Nullable GoShape type = variable.type();
        if (place == null || type == null) {
            throw new ExpressionException("the place of " + variable.name() + " is not known");
        }
        return new Way(place, type);
    }

    /** Without the package's path: {@code shop.(*Cart).Add}. */
    private static String span(Rule rule, GoFunction function) {
        return rule.span().isEmpty()
                ? function.symbol().substring(function.symbol().lastIndexOf('/') + 1)
                : rule.span();
    }
}
