package io.zerospan.host.config;

import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import io.zerospan.host.config.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** All sources merged into one tree, variables expanded. */
public final class ConfigDocument {
    /** A component that is not installed cannot say what is secret; then the name of the key decides. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passwd|passphrase|secret|token|api[_-]?key|authorization|credential|cookie|private[_-]?key|key_pem");

    private static final String REDACTED = "[REDACTED]";

    private final Mapping root;
    private final Findings findings;

    private ConfigDocument(Mapping root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    /**
     * Reads and merges.
     *
     * @param uris files, {@code file:}, {@code env:}, {@code yaml:}; later ones win
     * @param sets {@code key.key=value}, laid over the files
     */
    public static ConfigDocument load(
            List<String> uris, List<String> sets, Function<String, @Nullable String> environment, Findings findings)
            throws ConfigException {
        Mapping merged = null;
        for (String uri : uris) {
            ConfigSource source = ConfigSource.of(uri, environment);
            findings.source(source.name());
            try {
                Node node = new YamlReader(source.name())
                        .read(source.text())
                        .orElseGet(() -> new Scalar(Place.startOf(source.name()), "", Kind.NULL));
                if (node instanceof Mapping mapping) {
                    merged = merged == null ? mapping : Overlay.merge(merged, mapping);
                } else if (node instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
                    findings.error(node.place(), "", "empty configuration file");
                } else {
                    findings.error(node.place(), "", "expected a mapping of sections, found " + node.describe());
                }
            } catch (UnreadableYamlException e) {
                findings.error(e.place(), "", e.text());
            }
        }
        findings.throwErrors();
        if (merged == null) {
            throw new ConfigException("no configuration: name at least one file by --config");
        }
        for (String set : sets) {
            Mapping mapping = SetOption.parse(set);
            findings.source(mapping.place().source());
            merged = new Mapping(merged.place(), Overlay.merge(merged, mapping).entries());
        }
        Mapping expanded = (Mapping) new Expansion(environment, findings).expand(merged, "");
        return new ConfigDocument(expanded, findings);
    }

    Mapping root() {
        return root;
    }

    /** The resolved configuration as YAML, with every secret replaced. */
    public String redactedYaml() {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(Integer.MAX_VALUE)
                .build();
        return new Dump(settings).dumpToString(plain(root, false));
    }

    private @Nullable Object plain(Node node, boolean secret) {
        boolean hidden = secret || findings.isSecret(node);
        if (node instanceof Mapping mapping) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) -> entries.put(key, plain(entry.value(), hidden || isSecretName(key))));
            return entries;
        }
        if (node instanceof Sequence sequence) {
            return sequence.items().stream().map(item -> plain(item, hidden)).toList();
        }
        Scalar scalar = (Scalar) node;
        if (scalar.kind() == Kind.NULL) {
            return null;
        }
        return hidden ? REDACTED : typed(scalar);
    }

    private static Object typed(Scalar scalar) {
        String text = scalar.text();
        try {
            return switch (scalar.kind()) {
                case BOOL -> text.equalsIgnoreCase("true");
                case INTEGER -> Long.valueOf(text);
                case DECIMAL -> Double.valueOf(text);
                case NULL, TEXT -> text;
            };
        } catch (NumberFormatException e) { // hexadecimal, infinity: the text says it as well
            return text;
        }
    }

    private static boolean isSecretName(String key) {
        return SECRET_NAME.matcher(key.toLowerCase(Locale.ROOT)).find();
    }
}
