package io.zerospan.gobinary;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One file of the offsets database: a module, or the standard library. Its shape is {@code offsets-db/schema.json}. */
record OffsetsDbModule(String path, Map<String, Map<String, List<Range>>> structs) {
    /** No struct that lies in memory once is larger. */
    private static final int MAX_OFFSET = 1 << 20;

    private static final int SCHEMA = 1;

    /** An offset, and the first and last version measured to have it. */
    record Range(Version since, Version until, int offset) {
        boolean holds(Version version) {
            return version.compareTo(since) >= 0 && version.isUpTo(until);
        }
    }

    static OffsetsDbModule read(Path file) throws GoBinaryException {
        return StrictJson.read(file, json -> new Reader(json).module());
    }

    List<Range> offsets(String struct, String field) {
        return structs.getOrDefault(struct, Map.of()).getOrDefault(field, List.of());
    }

    /** Goes through the tokens and takes nothing that the schema does not have. */
    private static final class Reader {
        private final StrictJson json;
        private int schema;
        private String path = "";

        Reader(StrictJson json) {
            this.json = json;
        }

        OffsetsDbModule module() throws IOException {
            Map<String, Map<String, List<Range>>> structs = new HashMap<>();
            json.expect(JsonToken.START_OBJECT);
            for (String key; (key = json.key()) != null; ) {
                switch (key) {
                    case "schema" -> schema = json.number();
                    case "module" -> path = json.text();
                    case "provenance" -> json.skip(); // for people
                    case "structs" -> structs(structs);
                    default -> throw json.problem("unknown key '" + key + "'");
                }
            }
            if (schema != SCHEMA) throw json.problem("schema " + schema + " is not known, only " + SCHEMA + " is");
            if (path.isEmpty()) throw json.problem("no 'module'");
            return new OffsetsDbModule(path, structs);
        }

        private void structs(Map<String, Map<String, List<Range>>> structs) throws IOException {
            json.expect(JsonToken.START_OBJECT);
            for (String struct; (struct = json.key()) != null; ) {
                Map<String, List<Range>> fields = new HashMap<>();
                json.expect(JsonToken.START_OBJECT);
                for (String field; (field = json.key()) != null; ) fields.put(field, ranges());
                structs.put(struct, fields);
            }
        }

        private List<Range> ranges() throws IOException {
            List<Range> ranges = new ArrayList<>();
            json.expect(JsonToken.START_ARRAY);
            while (json.anotherObject()) {
                Range range = range();
                boolean follows = ranges.isEmpty()
                        || ranges.get(ranges.size() - 1).until().compareTo(range.since) < 0;
                if (!follows) throw json.problem("ranges that overlap or are not in order");
                ranges.add(range);
            }
            return List.copyOf(ranges);
        }

        private Range range() throws IOException {
            Version since = null;
            Version until = null;
            int offset = -1;
            for (String key; (key = json.key()) != null; ) {
                switch (key) {
                    case "since" -> since = json.version();
                    case "until" -> until = json.version();
                    case "offset" -> offset = json.number();
                    default -> throw json.problem("unknown key '" + key + "'");
                }
            }
            if (since == null || until == null || offset < 0 || offset > MAX_OFFSET || !since.isUpTo(until)) {
                throw json.problem(
                        "a range needs 'since', 'until' not before it, and an 'offset' of 0 to " + MAX_OFFSET);
            }
            return new Range(since, until, offset);
        }
    }
}
