package io.zerospan.api;

/** Makes extensions: components beside the pipelines, named in {@code service::extensions}. */
public non-sealed interface ExtensionFactory extends ComponentFactory {

    /** Reads {@code config} and makes the extension; starts nothing, so that {@code validate} can call it. */
    HostExtension create(Config config, ComponentContext context);
}
