package io.zerospan.host.plugin;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin sees of the host: the JDK and the packages that appear in the plugin api. Everything else a plugin
 * brings along, in the version that it wants, and cannot reach into ours.
 */
final class HostWindow extends ClassLoader {
    /**
     * The api and the packages of the types in its signatures. {@code io.opentelemetry.sdk.internal} and
     * {@code io.opentelemetry.common} lie in the same jars: a second copy of half a jar fails at link time. Classes that
     * the host lacks, such as {@code api.incubator}, are left to the plugin.
     */
    static final List<String> PACKAGES = List.of(
            "io.zerospan.api.",
            "io.opentelemetry.api.",
            "io.opentelemetry.common.",
            "io.opentelemetry.context.",
            "io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties",
            "io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException",
            "io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider",
            "io.opentelemetry.sdk.common.",
            "io.opentelemetry.sdk.internal.",
            "io.opentelemetry.sdk.resources.",
            "io.opentelemetry.sdk.trace.",
            "io.opentelemetry.semconv.",
            "org.slf4j.",
            "org.pf4j.",
            "org.jspecify.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;

    HostWindow(ClassLoader host) {
        super(ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (String prefix : PACKAGES) {
            if (name.startsWith(prefix)) {
                return host.loadClass(name);
            }
        }
        return super.loadClass(name, resolve); // the JDK
    }

    /** Host resources stay invisible: service files and configuration of ours are not the plugin's. */
    @Override
    protected @Nullable URL findResource(String name) {
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }
}
