package io.zerospan.host.schema;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The factories of all plugins on the test's class path, found as the host finds them. */
final class InstalledFactories {
    private InstalledFactories() {}

    static ComponentCatalog catalog() throws ComponentException {
        List<Offer> offers = new ArrayList<>();
        all().forEach(factory -> offers.add(new Offer(factory.type(), factory)));
        return new ComponentCatalog(offers, List.of());
    }

    static List<ComponentFactory> all() {
        try {
            List<ComponentFactory> factories = new ArrayList<>();
            ClassLoader loader = InstalledFactories.class.getClassLoader();
            for (URL index : Collections.list(loader.getResources("META-INF/extensions.idx"))) {
                try (InputStream in = index.openStream()) {
                    for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList()) {
                        if (!line.isBlank() && !line.startsWith("#")) {
                            factories.add((ComponentFactory) loader.loadClass(line.strip())
                                    .getDeclaredConstructor()
                                    .newInstance());
                        }
                    }
                }
            }
            return factories;
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
