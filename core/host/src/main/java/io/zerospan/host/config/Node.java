package io.zerospan.host.config;

import java.util.List;
import java.util.Map;

/** A YAML value with its place. Aliases are expanded, so a tree and never a graph. */
sealed interface Node {

    Place place();

    /** For error texts: what the user wrote here. */
    String describe();

    /** What YAML's core schema makes of a scalar. */
    enum Kind {
        NULL("nothing"),
        BOOL("a boolean"),
        INTEGER("a whole number"),
        DECIMAL("a number"),
        TEXT("text");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** @param text as written, so that {@code 0123} read as text stays {@code 0123} */
    record Scalar(Place place, String text, Kind kind) implements Node {
        @Override
        public String describe() {
            return kind == Kind.NULL ? kind.words : kind.words + " '" + text + "'";
        }
    }

    /** In the order written. */
    record Mapping(Place place, Map<String, Entry> entries) implements Node {
        @Override
        public String describe() {
            return "a mapping";
        }
    }

    record Sequence(Place place, List<Node> items) implements Node {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** @param keyPlace where the key stands */
    record Entry(Place keyPlace, Node value) {}
}
