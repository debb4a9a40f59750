package io.zerospan.host.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One trace of a backend as text, a line for each span, children indented under their parents. */
final class BackendTree {
    private BackendTree() {}

    /** What hangs below {@code root}, and itself. */
    static String of(BackendSpan root, List<BackendSpan> all) {
        return text(root, all, "");
    }

    private static String text(BackendSpan span, List<BackendSpan> all, String indent) {
        StringBuilder text = new StringBuilder(indent).append(line(span)).append('\n');
        all.stream()
                .filter(child -> child.parentId().equals(span.spanId())
                        && child.traceId().equals(span.traceId()))
                .sorted(Comparator.comparingLong(BackendSpan::startMicros))
                .forEach(child -> text.append(text(child, all, indent + "  ")));
        return text.toString();
    }

    private static String line(BackendSpan span) {
        Map<String, String> attributes = span.attributes();
        StringBuilder line = new StringBuilder(span.kind());
        word(line, span.service().replaceFirst("@.*", ""));
        word(line, span.name());
        word(line, attributes.get("http.response.status_code"));
        word(line, attributes.get("db.system.name"));
        word(line, attributes.get("db.operation.name"));
        word(line, attributes.get("db.query.text"));
        word(line, attributes.get("till.amount"));
        word(line, attributes.get("till.currency"));
        if (span.failed()) {
            word(line, "FAILED");
            word(line, attributes.get("error.type"));
            word(line, attributes.get("db.response.status_code"));
        }
        return line.toString();
    }

    private static void word(StringBuilder line, @Nullable String word) {
        if (word != null) {
            line.append(' ').append(word);
        }
    }
}
