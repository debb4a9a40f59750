package io.zerospan.host.config;

import io.zerospan.host.config.Node.Mapping;

/** A {@link NodeConfig} from YAML text, at the path {@code exporters::x}. */
public final class TestConfig {
    private final Findings findings = new Findings();
    private final NodeConfig config;

    private TestConfig(Mapping mapping) {
        this.config = new NodeConfig(mapping, mapping.place(), "exporters::x", findings);
    }

    public static TestConfig of(String yaml) {
        try {
            return new TestConfig((Mapping) new YamlReader("c.yaml").read(yaml).orElseThrow());
        } catch (UnreadableYamlException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public NodeConfig config() {
        return config;
    }

    /** All errors so far, or an empty text. */
    public String errors() {
        try {
            findings.throwErrors();
            return "";
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
