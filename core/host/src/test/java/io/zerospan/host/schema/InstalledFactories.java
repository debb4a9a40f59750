package io.zerospan.host.schema;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.Config;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Stability;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The factories of all plugins on the test's class path, found as the host finds them. */
final class InstalledFactories {
    private InstalledFactories() {}

    static ComponentCatalog catalog() throws ComponentException {
        List<Offer> offers = new ArrayList<>();
        all().forEach(factory -> offers.add(new Offer(factory.type(), "1", factory)));
        examples().forEach(probe -> offers.add(new Offer(probe.type(), "1", probe)));
        return new ComponentCatalog(offers, List.of());
    }

    /** What the texts drop into the plugins folder; that it compiles and gives spans is tested elsewhere. */
    private static List<ExampleProbe> examples() {
        String[] sources = new File("../../examples/probe").list((folder, name) -> name.endsWith(".bpf.c"));
        return Arrays.stream(sources)
                .map(name -> new ExampleProbe(name.substring(0, name.length() - ".bpf.c".length())))
                .toList();
    }

    private record ExampleProbe(String type) implements ReceiverFactory {

        @Override
        public Stability stability() {
            return Stability.ALPHA;
        }

        @Override
        public String description() {
            return "an example";
        }

        @Override
        public Receiver create(Config config, ComponentContext context) {
            return List::of;
        }
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
