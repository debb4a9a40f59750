package io.zerospan.gobinary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The tokens of a small JSON file that must be as its reader wants it: what is wrong is told with file and line. */
final class StrictJson {
    /** The largest file of the database has 20 KiB. */
    private static final int MAX_BYTES = 4 << 20;

    private final JsonParser json;

    private StrictJson(JsonParser json) {
        this.json = json;
    }

    /** Makes a value of the whole file. */
    interface Document<T> {
        T read(StrictJson json) throws IOException;
    }

    static <T> T read(Path file, Document<T> document) throws GoBinaryException {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_BYTES) throw new GoBinaryException(file + ": " + bytes + " bytes are no offsets database");
            JsonFactory factory = JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();
            try (JsonParser parser = factory.createParser(Files.readAllBytes(file))) {
                StrictJson json = new StrictJson(parser);
                T value = document.read(json);
                if (parser.nextToken() != null) throw json.problem("more after the end");
                return value;
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new GoBinaryException(file + ":" + line + ": " + sentence(e), e);
        } catch (IOException e) {
            throw new GoBinaryException(file + ": cannot be read: " + e, e);
        }
    }

    /** Without the place where an object that never ends began: that of the problem says enough. */
    private static String sentence(JsonProcessingException problem) {
        String text = String.valueOf(problem.getOriginalMessage());
        int began = text.indexOf(" (start marker");
        return began < 0 ? text : text.substring(0, began);
    }

    /** The next key of an object; null at its end. */
    @Nullable String key() throws IOException {
        return json.nextFieldName();
    }

    /** Whether another object begins, in an array of objects; false at its end. */
    boolean anotherObject() throws IOException {
        JsonToken token = json.nextToken();
        if (token != JsonToken.START_OBJECT && token != JsonToken.END_ARRAY) throw problem("expected an object");
        return token == JsonToken.START_OBJECT;
    }

    /** Whether another text follows, in an array of texts; false at its end. */
    boolean anotherText() throws IOException {
        JsonToken token = json.nextToken();
        if (token != JsonToken.VALUE_STRING && token != JsonToken.END_ARRAY) throw problem("expected a text");
        return token == JsonToken.VALUE_STRING;
    }

    /** The text that {@link #anotherText} has found. */
    String found() throws IOException {
        return json.getText();
    }

    void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    Version version() throws IOException {
        String text = text();
        Version version = Version.parse(text);
        if (version == null) throw problem("'" + text + "' is not a version");
        return version;
    }

    int number() throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }

    String text() throws IOException {
        expect(JsonToken.VALUE_STRING);
        return json.getText();
    }

    void expect(JsonToken wanted) throws IOException {
        JsonToken token = json.nextToken();
        if (token != wanted) throw problem("expected " + wanted + ", not " + token);
    }

    JsonProcessingException problem(String text) {
        return new JsonParseException(json, text);
    }
}
