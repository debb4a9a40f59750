package io.zerospan.host.config;

import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import io.zerospan.host.config.Node.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads lists of ids, each of which must stand in its section. */
final class ReferenceReader {
    private final Findings findings;
    private final Map<String, Map<ComponentId, NodeConfig>> sections;

    /** @param sections what is configured, by the section's name */
    ReferenceReader(Findings findings, Map<String, Map<ComponentId, NodeConfig>> sections) {
        this.findings = findings;
        this.sections = sections;
    }

    /**
     * The ids of a list; what is wrong with it goes into the findings.
     *
     * @param kind the key of the list, and its section
     * @param path of who refers to them
     * @param listPath of the list
     */
    List<Reference> read(Mapping parent, String kind, String path, String listPath) {
        List<Reference> references = new ArrayList<>();
        Entry entry = parent.entries().get(kind);
        if (entry == null || isEmpty(entry.value())) {
            return references;
        }
        if (!(entry.value() instanceof Sequence list)) {
            findings.error(
                    entry.value().place(),
                    listPath,
                    "expected a list, found " + entry.value().describe());
            return references;
        }
        Set<ComponentId> seen = new HashSet<>();
        for (Node item : list.items()) {
            if (item instanceof Scalar scalar) {
                reference(scalar, kind, path, listPath, seen, references);
            } else {
                findings.error(item.place(), listPath, "expected an id, found " + item.describe());
            }
        }
        return references;
    }

    private void reference(
            Scalar item, String kind, String path, String listPath, Set<ComponentId> seen, List<Reference> references) {
        ComponentId id;
        try {
            id = ComponentId.parse(item.text());
        } catch (IllegalArgumentException e) {
            findings.error(item.place(), listPath, String.valueOf(e.getMessage()));
            return;
        }
        String singular = kind.substring(0, kind.length() - 1);
        Map<ComponentId, NodeConfig> configured = sections.getOrDefault(kind, Map.of());
        if (!configured.containsKey(id)) {
            List<String> known =
                    configured.keySet().stream().map(ComponentId::toString).toList();
            findings.error(
                    item.place(),
                    path,
                    "references " + singular + " \"" + id + "\" which is not configured"
                            + Spelling.closest(id.toString(), known)
                                    .map(close -> "; did you mean '" + close + "'?")
                                    .orElse(""));
        } else if (!seen.add(id)) {
            findings.error(item.place(), path, "references " + singular + " \"" + id + "\" multiple times");
        } else {
            references.add(new Reference(id, item.place(), path));
        }
    }

    static boolean isEmpty(Node node) {
        return (node instanceof Scalar scalar && scalar.kind() == Kind.NULL)
                || (node instanceof Mapping mapping && mapping.entries().isEmpty())
                || (node instanceof Sequence sequence && sequence.items().isEmpty());
    }
}
