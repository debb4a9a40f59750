package io.zerospan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.zerospan.api.Component;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.Config;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.ReceiverFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every component keeps. A plugin's test extends this class once per factory and adds what is its own. */
public abstract class ComponentContract {
    /** The Collector's rule for the type part of an id. */
    private static final String TYPE = "[a-zA-Z][0-9a-zA-Z_]{0,62}";

    /** Keys that the host reads around every exporter; a plugin may read {@code timeout} as well, the others never. */
    private static final Set<String> HOST_KEYS = Set.of("sending_queue", "retry_on_failure");

    /** The plugin's factory, as pf4j would make it. */
    protected abstract ComponentFactory factory();

    /** The smallest configuration that the component accepts, such that it can also be started here. */
    protected abstract Map<String, Object> validConfig();

    @Test
    void factory_isListedForPf4j() throws IOException {
        String listed;
        try (InputStream index = factory().getClass().getResourceAsStream("/META-INF/extensions.idx")) {
            assertThat(index)
                    .as("META-INF/extensions.idx, made by pf4j's annotation processor")
                    .isNotNull();
            listed = new String(index.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(listed.lines()).contains(factory().getClass().getName());
    }

    @Test
    void factory_hasPublicConstructorWithoutArguments() {
        assertThatCode(() -> factory().getClass().getConstructor().newInstance())
                .doesNotThrowAnyException();
    }

    @Test
    void type_isValidAndDescribed() {
        assertThat(factory().type()).matches(TYPE);
        assertThat(factory().aliases())
                .allMatch(alias -> alias.matches(TYPE))
                .doesNotContain(factory().type());
        assertThat(factory().stability()).isNotNull();
        assertThat(factory().description()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void create_validConfig_readsEveryKeyAndRejectsNothing() {
        FakeConfig config = FakeConfig.of(validConfig());
        create(config).close();
        assertThat(config.rejects()).isEmpty();
        assertThat(config.unread()).isEmpty();
    }

    @Test
    void create_unknownKey_isLeftUnread() {
        FakeConfig config = FakeConfig.of(with("no_such_key", "1"));
        create(config).close();
        assertThat(config.unread()).containsExactly("no_such_key");
    }

    @Test
    void create_hostsKeys_areLeftToTheHost() {
        Map<String, Object> values = new HashMap<>(validConfig());
        HOST_KEYS.forEach(key -> values.put(key, Map.of("enabled", "true")));
        FakeConfig config = FakeConfig.of(values);
        create(config).close();
        assertThat(config.unread()).isEqualTo(HOST_KEYS);
    }

    @Test
    void create_emptyConfig_recordsErrorsInsteadOfThrowing() {
        assertThatCode(() -> create(FakeConfig.empty()).close()).doesNotThrowAnyException();
    }

    @Test
    void create_startsNothing() {
        Set<Thread> before = threads();
        Component component = create(FakeConfig.of(validConfig()));
        Set<Thread> started = threads();
        started.removeAll(before);
        assertThat(started).isEmpty();
        component.close();
    }

    @Test
    void startAndClose_twice_areIdempotent() {
        assertThatCode(() -> {
                    Component component = create(FakeConfig.of(validConfig()));
                    component.start();
                    component.start();
                    component.close();
                    component.close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void factory_behindTheHostsFence_makesAComponentThatStartsAndCloses() throws Exception {
        try (FencedPlugin plugin = FencedPlugin.fromTestClassPath()) {
            Class<?> fenced = plugin.loader().loadClass(factory().getClass().getName());
            assertThat(fenced.getClassLoader()).isSameAs(plugin.loader());
            ComponentFactory factory =
                    (ComponentFactory) fenced.getConstructor().newInstance();
            Component component = create(factory, FakeConfig.of(validConfig()));
            component.start();
            component.close();
        }
    }

    /** The component with this configuration, in surroundings of its own. */
    protected final Component create(Config config) {
        return create(factory(), config);
    }

    private static Component create(ComponentFactory factory, Config config) {
        FakeContext context = new FakeContext(factory.type());
        if (factory instanceof ReceiverFactory receivers) {
            return receivers.create(config, context);
        }
        if (factory instanceof ProcessorFactory processors) {
            return processors.create(config, context, new SpanSink());
        }
        if (factory instanceof ExtensionFactory extensions) {
            return extensions.create(config, context);
        }
        return ((ExporterFactory) factory).create(config, context);
    }

    private Map<String, Object> with(String key, Object value) {
        Map<String, Object> values = new HashMap<>(validConfig());
        values.put(key, value);
        return values;
    }

    /** Threads of the platform that a test's own tools start at any time do not count. */
    private static Set<Thread> threads() {
        List<String> platform = List.of("Common-Cleaner", "process reaper", "surefire");
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> platform.stream().noneMatch(thread.getName()::startsWith))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
