package io.zerospan.host.config;

import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import io.zerospan.host.text.Printable;
import java.util.Map;

/** {@code --set a.b=c}: one value, laid over all files. */
final class SetOption {

    /** More of an option than this in an error text hides what is wrong with it. */
    private static final int MAX_SHOWN = 100;

    private SetOption() {}

    static Mapping parse(String option) throws ConfigException {
        String shown = shown(option);
        int equals = option.indexOf('=');
        String path = equals < 0 ? option : option.substring(0, equals).strip();
        if (equals < 0 || path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            throw new ConfigException(shown + ": write --set key.key=value");
        }
        Place place = new Place(shown, 1, 1);
        Node node = value(option.substring(equals + 1), place);
        String[] keys = path.split("\\.");
        if (keys.length > YamlReader.MAX_DEPTH) {
            throw new ConfigException(shown + ": nested deeper than " + YamlReader.MAX_DEPTH + " levels");
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            node = new Mapping(place, Map.of(keys[i], new Entry(place, node)));
        }
        return (Mapping) node;
    }

    private static Node value(String text, Place place) throws ConfigException {
        try {
            return new YamlReader(place.source()).read(text).orElseGet(() -> new Scalar(place, "", Kind.NULL));
        } catch (UnreadableYamlException e) {
            throw new ConfigException(place.source() + ": " + e.text());
        }
    }

    private static String shown(String option) {
        String line = Printable.line(option);
        return "--set " + (line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…");
    }
}
