package io.zerospan.testkit;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The plugin on the test's class path as the host would load it: from its own classes and libraries, with only the
 * host's public packages let through. Shows classes that a plugin uses but neither brings along nor may see.
 */
public final class FencedPlugin implements AutoCloseable {
    /** The packages that the host lends to plugins; all else has to lie in the plugin's {@code lib/}. */
    public static final Set<String> LENT_PACKAGES = Set.of(
            "io.zerospan.api",
            "io.opentelemetry.api",
            "io.opentelemetry.api.baggage",
            "io.opentelemetry.api.baggage.propagation",
            "io.opentelemetry.api.common",
            "io.opentelemetry.api.impl",
            "io.opentelemetry.api.internal",
            "io.opentelemetry.api.logs",
            "io.opentelemetry.api.metrics",
            "io.opentelemetry.api.trace",
            "io.opentelemetry.api.trace.propagation",
            "io.opentelemetry.common",
            "io.opentelemetry.context",
            "io.opentelemetry.context.internal.shaded",
            "io.opentelemetry.context.propagation",
            "io.opentelemetry.sdk.common",
            "io.opentelemetry.sdk.common.export",
            "io.opentelemetry.sdk.common.internal",
            "io.opentelemetry.sdk.resources",
            "io.opentelemetry.sdk.resources.internal",
            "io.opentelemetry.sdk.trace.data",
            "io.opentelemetry.sdk.trace.export",
            "org.jspecify.annotations",
            "org.pf4j",
            "org.slf4j",
            "org.slf4j.event",
            "org.slf4j.helpers",
            "org.slf4j.spi");

    /** The jars those packages come from: the plugin does not bring them along. Test support isn't there either. */
    private static final Pattern NOT_IN_PLUGIN = Pattern.compile(
            "(zerospan-(api|testkit)|opentelemetry-(api|common|context|sdk-common|sdk-trace)"
                    + "|pf4j|java-semver|slf4j-(api|jdk14)|jspecify|junit-.*|opentest4j|apiguardian-api|assertj-core"
                    + "|byte-buddy|awaitility|hamcrest|opentelemetry-proto|protobuf-java|mockwebserver3|surefire.*)-\\d.*\\.jar");

    private final Loader loader;

    private FencedPlugin(Loader loader) {
        this.loader = loader;
    }

    /** The plugin whose classes and runtime libraries are on the running test's class path. */
    public static FencedPlugin fromTestClassPath() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] urls = Arrays.stream(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(FencedPlugin::belongsToPlugin)
                .map(FencedPlugin::url)
                .toArray(URL[]::new);
        return new FencedPlugin(new Loader(urls));
    }

    /** A plugin as built: the jars in its {@code lib/}. */
    public static FencedPlugin fromFolder(List<Path> jars) {
        return new FencedPlugin(new Loader(jars.stream().map(FencedPlugin::url).toArray(URL[]::new)));
    }

    public ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new IllegalStateException("close the plugin's class loader", e);
        }
    }

    private static boolean belongsToPlugin(Path entry) {
        return !entry.endsWith("test-classes")
                && !NOT_IN_PLUGIN.matcher(entry.getFileName().toString()).matches();
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no class path entry: " + path, e);
        }
    }

    /** The host's side of the fence: the platform, and of the application only what is lent. */
    private static final class Lent extends ClassLoader {
        private final ClassLoader host = FencedPlugin.class.getClassLoader();

        Lent() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            int lastDot = name.lastIndexOf('.');
            if (lastDot > 0 && LENT_PACKAGES.contains(name.substring(0, lastDot))) {
                return host.loadClass(name);
            }
            throw new ClassNotFoundException(name + " is neither in the plugin nor lent by the host");
        }
    }

    private static final class Loader extends URLClassLoader {
        Loader(URL[] urls) {
            super(urls, new Lent());
        }
    }
}
