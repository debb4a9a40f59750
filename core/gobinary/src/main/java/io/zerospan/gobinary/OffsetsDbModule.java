package io.zerospan.gobinary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One file of the offsets database: a module, or the standard library. Its shape is {@code offsets-db/schema.json}. */
record OffsetsDbModule(String path, Map<String, Map<String, List<Range>>> structs) {
    /** The standard library's has 20 KiB. */
    private static final int MAX_BYTES = 4 << 20;
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
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_BYTES) throw new GoBinaryException(file + ": " + bytes + " bytes are no offsets database");
            JsonFactory factory = JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();
            try (JsonParser json = factory.createParser(Files.readAllBytes(file))) {
                return new Reader(json).module();
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new GoBinaryException(file + ":" + line + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new GoBinaryException(file + ": cannot be read: " + e, e);
        }
    }

    List<Range> offsets(String struct, String field) {
        return structs.getOrDefault(struct, Map.of()).getOrDefault(field, List.of());
    }

    /** Goes through the tokens and takes nothing that the schema does not have. */
    private static final class Reader {
        private final JsonParser json;
        private int schema;
        private String path = "";

        Reader(JsonParser json) {
            this.json = json;
        }

        OffsetsDbModule module() throws IOException {
            Map<String, Map<String, List<Range>>> structs = new HashMap<>();
            expect(JsonToken.START_OBJECT);
            for (String key; (key = json.nextFieldName()) != null; ) {
                switch (key) {
                    case "schema" -> schema = number();
                    case "module" -> path = text();
                    case "provenance" -> {
                        json.nextToken();
                        json.skipChildren(); // for people
                    }
                    case "structs" -> structs(structs);
                    default -> throw problem("unknown key '" + key + "'");
                }
            }
            if (schema != SCHEMA) throw problem("schema " + schema + " is not known, only " + SCHEMA + " is");
            if (path.isEmpty()) throw problem("no 'module'");
            if (json.nextToken() != null) throw problem("more after the end");
            return new OffsetsDbModule(path, structs);
        }

        private void structs(Map<String, Map<String, List<Range>>> structs) throws IOException {
            expect(JsonToken.START_OBJECT);
            for (String struct; (struct = json.nextFieldName()) != null; ) {
                Map<String, List<Range>> fields = new HashMap<>();
                expect(JsonToken.START_OBJECT);
                for (String field; (field = json.nextFieldName()) != null; ) fields.put(field, ranges());
                structs.put(struct, fields);
            }
        }

        private List<Range> ranges() throws IOException {
            List<Range> ranges = new ArrayList<>();
            expect(JsonToken.START_ARRAY);
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Range range = range();
                boolean follows = ranges.isEmpty()
                        || ranges.get(ranges.size() - 1).until().compareTo(range.since) < 0;
                if (!follows) throw problem("ranges that overlap or are not in order");
                ranges.add(range);
            }
            if (json.currentToken() != JsonToken.END_ARRAY) throw problem("a range is an object");
            return List.copyOf(ranges);
        }

        private Range range() throws IOException {
            Version since = null;
            Version until = null;
            int offset = -1;
            for (String key; (key = json.nextFieldName()) != null; ) {
                switch (key) {
                    case "since" -> since = version();
                    case "until" -> until = version();
                    case "offset" -> offset = number();
                    default -> throw problem("unknown key '" + key + "'");
                }
            }
            if (since == null || until == null || offset < 0 || offset > MAX_OFFSET || !since.isUpTo(until)) {
                throw problem("a range needs 'since', 'until' not before it, and an 'offset' of 0 to " + MAX_OFFSET);
            }
            return new Range(since, until, offset);
        }

        private Version version() throws IOException {
            String text = text();
            Version version = Version.parse(text);
            if (version == null) throw problem("'" + text + "' is not a version");
            return version;
        }

        private int number() throws IOException {
            expect(JsonToken.VALUE_NUMBER_INT);
            return json.getIntValue();
        }

        private String text() throws IOException {
            expect(JsonToken.VALUE_STRING);
            return json.getText();
        }

        private void expect(JsonToken wanted) throws IOException {
            JsonToken token = json.nextToken();
            if (token != wanted) throw problem("expected " + wanted + ", not " + token);
        }

        private JsonProcessingException problem(String text) {
            return new com.fasterxml.jackson.core.JsonParseException(json, text);
        }
    }
}
