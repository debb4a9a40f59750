package io.zerospan.exporter.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/** The files of zipkin-lens, from its jar. */
final class LensFiles {
    private static final String FOLDER = "/zipkin-lens/";

    /** Plain names only. What a jar holds cannot be left by "..", but what it means there is up to the class loader. */
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-][0-9A-Za-z._-]*");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "png", "image/png",
            "ico", "image/x-icon");

    Answer file(String path) throws IOException {
        if (!Arrays.stream(path.split("/", -1))
                .allMatch(name -> NAME.matcher(name).matches())) {
            return notFound();
        }
        String contentType = CONTENT_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        try (InputStream file = LensFiles.class.getResourceAsStream(FOLDER + path)) {
            return file == null || contentType == null
                    ? notFound()
                    : new Answer(Answer.OK, contentType, file.readAllBytes());
        }
    }

    private static Answer notFound() {
        return Answer.text(404, "The viewer has no such file.");
    }
}
