package io.zerospan.api;

import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * Makes the components of one type, from the YAML below their id. Discovered by pf4j: annotate the class with
 * {@code @Extension} and give it a public constructor without arguments.
 */
public sealed interface ComponentFactory extends ExtensionPoint
        permits ReceiverFactory, ProcessorFactory, ExporterFactory, ExtensionFactory {

    /** The type part of the component's id, such as {@code http_server}. */
    String type();

    /** Further names under which the type may stand in the YAML. */
    default List<String> aliases() {
        return List.of();
    }

    Stability stability();

    /** One line for {@code zerospan components}. */
    String description();
}
