package io.zerospan.host.plugin;

import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.ReceiverFactory;

/** What a component can be. */
public enum ComponentKind {
    RECEIVER("receiver"),
    PROCESSOR("processor"),
    EXPORTER("exporter"),
    EXTENSION("extension");

    private final String word;

    ComponentKind(String word) {
        this.word = word;
    }

    public static ComponentKind of(ComponentFactory factory) {
        if (factory instanceof ReceiverFactory) {
            return RECEIVER;
        }
        if (factory instanceof ProcessorFactory) {
            return PROCESSOR;
        }
        if (factory instanceof ExporterFactory) {
            return EXPORTER;
        }
        if (factory instanceof ExtensionFactory) {
            return EXTENSION;
        }
        throw new IllegalArgumentException(
                factory.getClass().getName() + " makes neither receivers, processors, exporters nor extensions");
    }

    /** For texts. */
    public String word() {
        return word;
    }

    /** The section of the YAML. */
    public String section() {
        return word + "s";
    }
}
