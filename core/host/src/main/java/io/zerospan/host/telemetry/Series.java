package io.zerospan.host.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A metric's name and labels, these in pairs. In order of the name first: a metric's series stand together. */
public record Series(String name, List<String> labels) implements Comparable<Series> {
    public static Series of(String name, String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException(
                    name + ": labels are pairs of name and value, but there are " + labels.length);
        }
        return new Series(name, List.of(labels));
    }

    /** Empty if it has no such label. */
    public Optional<String> label(String key) {
        for (int i = 0; i < labels.size(); i += 2) {
            if (labels.get(i).equals(key)) {
                return Optional.of(labels.get(i + 1));
            }
        }
        return Optional.empty();
    }

    @Override
    public int compareTo(Series other) {
        int byName = name.compareTo(other.name);
        return byName != 0
                ? byName
                : Arrays.compare(labels.toArray(new String[0]), other.labels.toArray(new String[0]));
    }

    /** As the log has it: {@code name{label=value}}. */
    @Override
    public String toString() {
        if (labels.isEmpty()) {
            return name;
        }
        StringBuilder text = new StringBuilder(name).append('{');
        for (int i = 0; i < labels.size(); i += 2) {
            text.append(i == 0 ? "" : ",").append(labels.get(i)).append('=').append(labels.get(i + 1));
        }
        return text.append('}').toString();
    }
}
