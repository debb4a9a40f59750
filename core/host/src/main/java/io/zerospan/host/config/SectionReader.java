package io.zerospan.host.config;

import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.config.HostConfig.Reference;
import io.zerospan.host.config.HostConfig.TelemetryConfig;
import io.zerospan.host.config.Node.Entry;
import io.zerospan.host.config.Node.Kind;
import io.zerospan.host.config.Node.Mapping;
import io.zerospan.host.config.Node.Scalar;
import io.zerospan.host.trace.Limits;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the document into a {@link HostConfig}. Goes on after each error, so that all are told at once. */
public final class SectionReader {
    private static final Set<String> SECTIONS =
            Set.of("receivers", "processors", "exporters", "extensions", "connectors", "targets", "limits", "service");
    private static final Set<String> SERVICE_KEYS = Set.of("extensions", "pipelines", "plugins", "telemetry");

    private final ConfigDocument document;
    private final Findings findings;

    private SectionReader(ConfigDocument document, Findings findings) {
        this.document = document;
        this.findings = findings;
    }

    public static HostConfig read(ConfigDocument document, Findings findings) {
        return new SectionReader(document, findings).read();
    }

    private HostConfig read() {
        Mapping root = document.root();
        reportUnknown(root, SECTIONS, "");
        Map<ComponentId, NodeConfig> receivers = components(root, "receivers");
        Map<ComponentId, NodeConfig> processors = components(root, "processors");
        Map<ComponentId, NodeConfig> exporters = components(root, "exporters");
        Map<ComponentId, NodeConfig> extensions = components(root, "extensions");
        components(root, "connectors")
                .forEach((id, config) ->
                        config.reject("unknown type: \"" + id.type() + "\"; there are no connectors yet: remove it"));
        requireSome(root, "receiver");
        requireSome(root, "exporter");
        Entry serviceEntry = root.entries().get("service");
        Mapping service = mapping(root, "service", "").orElseGet(() -> new Mapping(root.place(), Map.of()));
        reportUnknown(service, SERVICE_KEYS, "service");
        Place place = serviceEntry == null ? root.place() : serviceEntry.keyPlace();
        ReferenceReader references = new ReferenceReader(
                findings,
                Map.of(
                        "receivers", receivers,
                        "processors", processors,
                        "exporters", exporters,
                        "extensions", extensions));
        List<Reference> started = references.read(service, "extensions", "service::extensions", "service::extensions");
        List<PipelineConfig> pipelines = new PipelineReader(findings, references).read(service, place);
        return new HostConfig(
                receivers,
                processors,
                exporters,
                extensions,
                started,
                pipelines,
                TargetReader.read(new NodeConfig(root, root.place(), "", findings)),
                limits(root),
                telemetry(service),
                pluginChecksums(service),
                document,
                findings);
    }

    private void requireSome(Mapping root, String kind) {
        Entry entry = root.entries().get(kind + "s");
        if (entry == null
                || (entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL)
                || (entry.value() instanceof Mapping mapping
                        && mapping.entries().isEmpty())) {
            findings.error(root.place(), "", "no " + kind + " configuration specified in config");
        }
    }

    private Map<ComponentId, NodeConfig> components(Mapping root, String section) {
        Map<ComponentId, NodeConfig> components = new LinkedHashMap<>();
        mapping(root, section, "")
                .ifPresent(found -> found.entries().forEach((key, entry) -> {
                    String path = section + "::" + key;
                    id(key, entry.keyPlace(), section).ifPresent(id -> {
                        Mapping body =
                                mapping(found, key, section).orElseGet(() -> new Mapping(entry.keyPlace(), Map.of()));
                        if (components.put(id, new NodeConfig(body, entry.keyPlace(), path, findings)) != null) {
                            findings.error(entry.keyPlace(), section, "duplicate ID \"" + id + "\"");
                        }
                    });
                }));
        return components;
    }

    private Optional<ComponentId> id(String text, Place place, String path) {
        try {
            return Optional.of(ComponentId.parse(text));
        } catch (IllegalArgumentException e) {
            findings.error(place, path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private TelemetryConfig telemetry(Mapping service) {
        Mapping telemetry =
                mapping(service, "telemetry", "service").orElseGet(() -> new Mapping(service.place(), Map.of()));
        return TelemetryReader.read(new NodeConfig(telemetry, telemetry.place(), "service::telemetry", findings));
    }

    private @Nullable Path pluginChecksums(Mapping service) {
        Mapping plugins =
                mapping(service, "plugins", "service").orElseGet(() -> new Mapping(service.place(), Map.of()));
        NodeConfig config = new NodeConfig(plugins, plugins.place(), "service::plugins", findings);
        String list = config.string("checksums", null);
        config.reportUnread();
        return list == null ? null : Path.of(list);
    }

    private Limits limits(Mapping root) {
        Mapping section = mapping(root, "limits", "").orElseGet(() -> new Mapping(root.place(), Map.of()));
        NodeConfig config = new NodeConfig(section, section.place(), "limits", findings);
        long requests = config.integer("open_requests", Limits.DEFAULT_OPEN_REQUESTS, 1, Limits.MOST_OPEN_REQUESTS);
        config.reportUnread();
        return new Limits((int) requests);
    }

    private void reportUnknown(Mapping mapping, Set<String> known, String path) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                findings.error(entry.keyPlace(), path, "unknown key '" + key + "'" + Spelling.hint(key, known));
            }
        });
    }

    private Optional<Mapping> mapping(Mapping parent, String key, String path) {
        Entry entry = parent.entries().get(key);
        if (entry != null && entry.value() instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        mappingOrNothing(entry, path.isEmpty() ? key : path + "::" + key, "a mapping");
        return Optional.empty();
    }

    private void mappingOrNothing(@Nullable Entry entry, String path, String expected) {
        if (entry != null && !(entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
            findings.error(
                    entry.value().place(),
                    path,
                    "expected " + expected + ", found " + entry.value().describe());
        }
    }
}
