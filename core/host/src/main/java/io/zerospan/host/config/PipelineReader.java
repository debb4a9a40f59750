package io.zerospan.host.config;

import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code service::pipelines}, with the Collector's words for what is wrong. */
final class PipelineReader {
    private static final String PATH = "service::pipelines";
    private static final Set<String> KEYS = Set.of("receivers", "processors", "exporters");

    private final Findings findings;
    private final ReferenceReader reader;

    PipelineReader(Findings findings, ReferenceReader reader) {
        this.findings = findings;
        this.reader = reader;
    }

    List<PipelineConfig> read(Mapping service, Place servicePlace) {
        List<PipelineConfig> pipelines = new ArrayList<>();
        Entry entry = service.entries().get("pipelines");
        if (entry == null || ReferenceReader.isEmpty(entry.value())) {
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
        } else if (!ReferenceReader.isEmpty(entry.value())) {
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
        List<Reference> receivers = reader.read(body, "receivers", path, path + "::receivers");
        List<Reference> processors = reader.read(body, "processors", path, path + "::processors");
        List<Reference> exporters = reader.read(body, "exporters", path, path + "::exporters");
        if (isAbsent(body, "receivers")) {
            findings.error(entry.keyPlace(), path, "must have at least one receiver");
        }
        if (isAbsent(body, "exporters")) {
            findings.error(entry.keyPlace(), path, "must have at least one exporter");
        }
        return new PipelineConfig(key, receivers, processors, exporters);
    }

    private static boolean isAbsent(Mapping pipeline, String kind) {
        Entry entry = pipeline.entries().get(kind);
        return entry == null || ReferenceReader.isEmpty(entry.value());
    }
}
