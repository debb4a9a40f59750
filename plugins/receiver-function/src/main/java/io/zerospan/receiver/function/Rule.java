package io.zerospan.receiver.function;

import io.opentelemetry.api.trace.SpanKind;
import io.zerospan.api.Config;
import io.zerospan.api.SpanDraft;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One entry of {@code probes}.
 *
 * @param config where it stands, for what is wrong with it in the light of a program
 * @param span name of the spans, empty for that of the function
 * @param attributes by name
 * @param types of variables such as {@code arg0}, as the user states them
 */
record Rule(
        Config config,
        String symbol,
        String span,
        SpanKind kind,
        Map<String, Expression> attributes,
        Map<String, String> types) {
    static final String ATTRIBUTES = "attributes";
    static final String TYPES = "types";
    private static final String VARIABLE = "(arg|ret)\\d{1,2}";

    static Rule read(Config config) {
        String symbol = config.required("symbol");
        String span = config.string("span", "");
        String kind = config.choice("kind", "internal", "internal", "server", "client", "producer", "consumer");
        Map<String, Expression> attributes = new LinkedHashMap<>();
        Config within = config.section(ATTRIBUTES);
        config.map(ATTRIBUTES).forEach((name, text) -> {
            within.string(name, "");
            if (name.startsWith(SpanDraft.INTERNAL)) {
                within.reject(name, "names that begin with " + SpanDraft.INTERNAL + " are never exported");
                return;
            }
            try {
                attributes.put(name, Expression.parse(text));
            } catch (ExpressionException e) {
                within.reject(name, String.valueOf(e.getMessage()));
            }
        });
        Map<String, String> types = config.map(TYPES);
        Config stated = config.section(TYPES);
        types.keySet().forEach(variable -> {
            stated.string(variable, "");
            if (!variable.matches(VARIABLE)) {
                stated.reject(variable, "is no argument or result; write arg0, arg1, … or ret0, ret1, …");
            }
        });
        return new Rule(
                config,
                symbol,
                span == null ? "" : span,
                SpanKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                attributes,
                types);
    }

    /** Records what is wrong with one attribute. */
    Config attributePlace() {
        return config.section(ATTRIBUTES);
    }
}
