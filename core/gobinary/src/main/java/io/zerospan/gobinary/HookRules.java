package io.zerospan.gobinary;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which other function may be probed in the place of one that cannot be: one that every call of it goes through, with
 * the same first arguments in the same registers. Read from {@code offsets-db/rules.json}.
 */
public final class HookRules {
    /** No other functions. */
    public static final HookRules NONE = new HookRules(Map.of());

    private static final int SCHEMA = 1;

    private record Rule(Version since, Version until, List<String> instead) {}

    private final Map<String, List<Rule>> functions;

    private HookRules(Map<String, List<Rule>> functions) {
        this.functions = functions;
    }

    static HookRules read(Path file) throws GoBinaryException {
        return StrictJson.read(file, HookRules::read);
    }

    /** What to try in the function's place in a program of this release, best first. */
    public List<String> instead(String symbol, GoBinary binary) {
        Version release = binary.release();
        return functions.getOrDefault(symbol, List.of()).stream()
                .filter(rule -> release.compareTo(rule.since) >= 0 && release.isUpTo(rule.until))
                .flatMap(rule -> rule.instead.stream())
                .toList();
    }

    private static HookRules read(StrictJson json) throws IOException {
        Map<String, List<Rule>> functions = new HashMap<>();
        int schema = 0;
        json.expect(JsonToken.START_OBJECT);
        for (String key; (key = json.key()) != null; ) {
            switch (key) {
                case "schema" -> schema = json.number();
                case "functions" -> functions(json, functions);
                default -> throw json.problem("unknown key '" + key + "'");
            }
        }
        if (schema != SCHEMA) throw json.problem("schema " + schema + " is not known, only " + SCHEMA + " is");
        return new HookRules(functions);
    }

    private static void functions(StrictJson json, Map<String, List<Rule>> functions) throws IOException {
        json.expect(JsonToken.START_OBJECT);
        for (String symbol; (symbol = json.key()) != null; ) {
            List<Rule> rules = new ArrayList<>();
            json.expect(JsonToken.START_ARRAY);
            while (json.anotherObject()) rules.add(rule(json));
            functions.put(symbol, List.copyOf(rules));
        }
    }

    private static Rule rule(StrictJson json) throws IOException {
        Version since = null;
        Version until = null;
        List<String> instead = new ArrayList<>();
        for (String key; (key = json.key()) != null; ) {
            switch (key) {
                case "since" -> since = json.version();
                case "until" -> until = json.version();
                case "instead" -> {
                    json.expect(JsonToken.START_ARRAY);
                    while (json.anotherText()) instead.add(json.found());
                }
                case "why" -> json.text(); // for people
                default -> throw json.problem("unknown key '" + key + "'");
            }
        }
        if (since == null || until == null || instead.isEmpty() || !since.isUpTo(until)) {
            throw json.problem("a rule needs 'since', 'until' not before it, and 'instead'");
        }
        return new Rule(since, until, List.copyOf(instead));
    }
}
