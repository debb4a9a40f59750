package io.zerospan.host.config;

import io.zerospan.host.config.HostConfig.PipelineConfig;
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

/** Reads {@code service::pipelines}, with the Collector's words for what is wrong. */
final class PipelineReader {
    private static final String PATH = "service::pipelines";
    private static final Set<String> KEYS = Set.of("receivers", "processors", "exporters");

    private final Findings findings;
    private final Map<String, Map<ComponentId, NodeConfig>> sections;

    PipelineReader(Findings findings, Map<String, Map<ComponentId, NodeConfig>> sections) {
        this.findings = findings;
        this.sections = sections;
    }

    List<PipelineConfig> read(Mapping service, Place servicePlace) {
        List<PipelineConfig> pipelines = new ArrayList<>();
        Entry entry = service.entries().get("pipelines");
        if (entry == null || isEmpty(entry.value())) {
            findings.error(
                    entry == null ? servicePlace : entry.keyPlace(), PATH, "service must have at least one pipeline");
        } else if (entry.value() instanceof Mapping mapping) {
            mapping.entries().forEach((key, pipeline) -> pipelines.add(pipeline(key, pipeline)));
        } else {
            findings.error(
                    entry.value().place(),
                    PATH,
                    "expected a mapping, found " + entry.value().describe());
        }
        return pipelines;
    }

    private PipelineConfig pipeline(String key, Entry entry) {
        String path = PATH + "::" + key;
        try {
            String signal = ComponentId.parse(key).type();
            if (signal.equals("metrics") || signal.equals("logs")) {
                findings.error(
                        entry.keyPlace(),
                        PATH,
                        "the signal \"" + signal + "\" is not supported; this host knows traces");
            } else if (!signal.equals("traces")) {
                findings.error(
                        entry.keyPlace(),
                        PATH,
                        "unknown signal \"" + signal + "\"" + Spelling.hint(signal, Set.of("traces")));
            }
        } catch (IllegalArgumentException e) {
            findings.error(entry.keyPlace(), PATH, String.valueOf(e.getMessage()));
        }
        Mapping body = new Mapping(entry.value().place(), Map.of());
        if (entry.value() instanceof Mapping mapping) {
            body = mapping;
        } else if (!isEmpty(entry.value())) {
            findings.error(
                    entry.value().place(),
                    path,
                    "expected a mapping, found " + entry.value().describe());
        }
        body.entries().forEach((name, value) -> {
            if (!KEYS.contains(name)) {
                findings.error(value.keyPlace(), path, "unknown key '" + name + "'" + Spelling.hint(name, KEYS));
            }
        });
        List<Reference> receivers = references(body, path, "receivers");
        List<Reference> processors = references(body, path, "processors");
        List<Reference> exporters = references(body, path, "exporters");
        if (isAbsent(body, "receivers")) {
            findings.error(entry.keyPlace(), path, "must have at least one receiver");
        }
        if (isAbsent(body, "exporters")) {
            findings.error(entry.keyPlace(), path, "must have at least one exporter");
        }
        return new PipelineConfig(key, receivers, processors, exporters);
    }

    private List<Reference> references(Mapping pipeline, String path, String kind) {
        List<Reference> references = new ArrayList<>();
        Entry entry = pipeline.entries().get(kind);
        if (entry == null || isEmpty(entry.value())) {
            return references;
        }
        if (!(entry.value() instanceof Sequence list)) {
            findings.error(
                    entry.value().place(),
                    path + "::" + kind,
                    "expected a list, found " + entry.value().describe());
            return references;
        }
        Set<ComponentId> seen = new HashSet<>();
        for (Node item : list.items()) {
            reference(item, path, kind, seen, references);
        }
        return references;
    }

    private void reference(Node item, String path, String kind, Set<ComponentId> seen, List<Reference> references) {
        String singular = kind.substring(0, kind.length() - 1);
        if (!(item instanceof Scalar scalar)) {
            findings.error(item.place(), path + "::" + kind, "expected an id, found " + item.describe());
            return;
        }
        ComponentId id;
        try {
            id = ComponentId.parse(scalar.text());
        } catch (IllegalArgumentException e) {
            findings.error(item.place(), path + "::" + kind, String.valueOf(e.getMessage()));
            return;
        }
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

    private static boolean isAbsent(Mapping pipeline, String kind) {
        Entry entry = pipeline.entries().get(kind);
        return entry == null || isEmpty(entry.value());
    }

    private static boolean isEmpty(Node node) {
        return (node instanceof Scalar scalar && scalar.kind() == Kind.NULL)
                || (node instanceof Mapping mapping && mapping.entries().isEmpty())
                || (node instanceof Sequence sequence && sequence.items().isEmpty());
    }
}
