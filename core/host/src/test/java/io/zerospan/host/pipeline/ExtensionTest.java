package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.ComponentException;
import io.zerospan.api.HostExtension;
import io.zerospan.host.FakeComponents;
import io.zerospan.host.config.ConfigDocument;
import io.zerospan.host.config.Findings;
import io.zerospan.host.config.SectionReader;
import io.zerospan.host.plugin.ComponentKind;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExtensionTest {
    private static final String YAML =
            "receivers: {in: {}}\nexporters: {out: {}}\nextensions: {first: {}, second: {}, unused: {}}\n"
                    + "service: {extensions: [second, first],"
                    + " pipelines: {traces: {receivers: [in], exporters: [out]}}}";

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void extensions_startBeforeThePipelinesAndCloseAfterThem() throws Exception {
        Host host = host(components(new Recorded("first")));
        host.start();
        host.close();
        assertThat(events)
                .containsExactly(
                        "start second",
                        "start first",
                        "start source",
                        "ready second",
                        "ready first",
                        "stopping second",
                        "stopping first",
                        "close source",
                        "close first",
                        "close second");
    }

    @Test
    void extensionThatSaysThatItCannotStart_stopsTheHost() throws Exception {
        Host host = host(components(new Recorded("first") {
            @Override
            public void start() throws ComponentException {
                throw new ComponentException("localhost:13133 is in use; choose another endpoint");
            }
        }));
        assertThatThrownBy(host::start)
                .hasMessage("start extension first: localhost:13133 is in use; choose another endpoint");
        assertThat(events).contains("close second").doesNotContain("start source", "stopping second");
    }

    @Test
    void extensionThatThrows_isLeftOutAndNamed() throws Exception {
        Host host = host(components(new Recorded("first") {
            @Override
            public void start() {
                throw new IllegalStateException("bug");
            }
        }));
        try (LogLines log = new LogLines(ExtensionRow.class.getName())) {
            host.start();
            assertThat(log.lines())
                    .containsExactly(
                            "SEVERE start extension first: java.lang.IllegalStateException: bug; it is left out,"
                                    + " all others go on");
        }
        host.close();
        assertThat(events).contains("start source", "ready second").doesNotContain("ready first");
    }

    @Test
    void extensionThatThrowsWhenAllIsReady_changesNothingForTheOthers() throws Exception {
        Host host = host(components(new Recorded("first"), new Recorded("second") {
            @Override
            public void ready() {
                throw new StackOverflowError();
            }
        }));
        try (LogLines log = new LogLines(ExtensionRow.class.getName())) {
            host.start();
            assertThat(log.lines())
                    .containsExactly(
                            "SEVERE tell extension second of the start: java.lang.StackOverflowError; all others"
                                    + " go on");
        }
        host.close();
        assertThat(events).contains("ready first");
    }

    @Test
    void extensionThatIsReplaced_isTheOnlyOneToldOfIt() throws Exception {
        Host host = host(components(new Recorded("first")));
        host.start();
        events.clear();
        FakeComponents now = new FakeComponents().extension("first", new Recorded("new"));
        assertThat(host.exchange(ComponentKind.EXTENSION, Set.of("first"), now.catalog()))
                .isTrue();
        assertThat(events).containsExactly("start new", "stopping first", "close first", "ready new");
        host.close();
    }

    @Test
    void extensionWhosePlaceIsTaken_startsAfterTheOldOneHasClosed() throws Exception {
        Host host = host(components(new Recorded("first")));
        host.start();
        FakeComponents now = new FakeComponents().extension("first", new Recorded("new") {
            @Override
            public void start() throws ComponentException {
                if (!events.contains("close first")) {
                    throw new ComponentException("the port is in use");
                }
                super.start();
            }
        });
        assertThat(host.exchange(ComponentKind.EXTENSION, Set.of("first"), now.catalog()))
                .isTrue();
        assertThat(events).containsSubsequence("close first", "start new", "ready new");
        host.close();
    }

    @Test
    void extensionWhosePluginIsRemoved_isClosed() throws Exception {
        Host host = host(components(new Recorded("first")));
        host.start();
        events.clear();
        assertThat(host.exchange(ComponentKind.EXTENSION, Set.of("first"), new FakeComponents().catalog()))
                .isTrue();
        assertThat(events).containsExactly("stopping first", "close first");
        host.close();
    }

    private FakeComponents components(HostExtension first) {
        return components(first, new Recorded("second"));
    }

    private FakeComponents components(HostExtension first, HostExtension second) {
        return new FakeComponents()
                .receiver("in", List::of)
                .exporter("out", spans -> {})
                .extension("first", first)
                .extension("second", second)
                .extension("unused", new Recorded("unused"));
    }

    private Host host(FakeComponents components) throws Exception {
        Findings findings = new Findings();
        ConfigDocument document = ConfigDocument.load(List.of("yaml:" + YAML), List.of(), name -> null, findings);
        return Host.assemble(
                SectionReader.read(document, findings),
                components.catalog(),
                new Metrics(),
                () -> 1,
                feeds -> new RecordedSource());
    }

    private final class RecordedSource implements SpanSource {
        @Override
        public void prepare() {}

        @Override
        public void exchange(String receiver, Feed feed) {}

        @Override
        public void start() {
            events.add("start source");
        }

        @Override
        public void close() {
            events.add("close source");
        }
    }

    private class Recorded implements HostExtension {
        private final String name;

        Recorded(String name) {
            this.name = name;
        }

        @Override
        public void start() throws ComponentException {
            events.add("start " + name);
        }

        @Override
        public void ready() {
            events.add("ready " + name);
        }

        @Override
        public void stopping() {
            events.add("stopping " + name);
        }

        @Override
        public void close() {
            events.add("close " + name);
        }
    }
}
