package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Processor;
import io.zerospan.api.PushDown;
import io.zerospan.api.Receiver;
import io.zerospan.api.SpanConsumer;
import io.zerospan.host.FakeComponents;
import io.zerospan.host.Spans;
import io.zerospan.host.config.ConfigDocument;
import io.zerospan.host.config.Findings;
import io.zerospan.host.config.SectionReader;
import io.zerospan.host.kernel.FreePorts;
import io.zerospan.host.plugin.ComponentKind;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.host.trace.PushedDown;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostTest {
    private static final String ONE = "receivers: {in: {}}\nprocessors: {hold: {}}\nexporters: {out: {}, other: {}}\n"
            + "service: {pipelines: {traces: {receivers: [in], processors: [hold], exporters: [out, other]}}}";

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<Feed> feeds = new ArrayList<>();
    private final Metrics metrics = new Metrics();
    private final List<String> exchanged = new ArrayList<>();
    private ComponentException unprepared;

    @Test
    void stop_goesFromTheSourceToTheExportersAndLosesNothing() throws Exception {
        Host host = host(
                ONE,
                components(new Backend("out"), new Backend("other")),
                () -> feeds.get(0).pipelines().accept(Spans.of(2)));
        host.start();
        feeds.get(0).pipelines().accept(Spans.of(3));

        host.close();

        assertThat(events.stream().filter(event -> event.startsWith("close")))
                .startsWith("close source", "close in", "close hold")
                .contains("close out", "close other");
        assertThat(metrics.snapshot())
                .containsEntry("otelcol_receiver_accepted_spans{receiver=in}", 5L)
                .containsEntry("otelcol_processor_incoming_items{processor=hold,pipeline=traces}", 5L)
                .containsEntry("otelcol_processor_outgoing_items{processor=hold,pipeline=traces}", 5L)
                .containsEntry("otelcol_exporter_sent_spans{exporter=out}", 5L)
                .containsEntry("otelcol_exporter_sent_spans{exporter=other}", 5L);
    }

    @Test
    void metrics_areShownWhileItRuns_whereTheConfigurationSaysSo() throws Exception {
        int port = FreePorts.inARow(1);
        String shown = ONE.replace(
                "service: {",
                "service: {telemetry: {metrics: {readers: [{pull: {exporter:" + " {prometheus: {host: 127.0.0.1, port: "
                        + port + "}}}}]}}, ");
        try (Host host = host(shown, components(new Backend("out"), new Backend("other")), () -> {})) {
            host.start();
            feeds.get(0).pipelines().accept(Spans.of(3));
            URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("otelcol_receiver_accepted_spans_total{receiver=\"in\"} 3");
        }
    }

    @Test
    void deadExporter_doesNotStopTheOther() throws Exception {
        Exporter dead = spans -> {
            throw new ExportException("connection refused", null, true);
        };
        Host host = host(ONE.replace("[hold]", "[]"), components(dead, new Backend("other")), () -> {});
        host.start();

        for (int i = 0; i < 100; i++) {
            feeds.get(0).pipelines().accept(Spans.of(1));
        }

        await().until(() -> sent("other") == 100);
        assertThat(sent("out")).isZero();
        host.close();
        assertThat(metrics.snapshot()).containsEntry("otelcol_exporter_send_failed_spans{exporter=out}", 100L);
    }

    @Test
    void processorThatThrows_losesOnlyItsOwnPipeline() throws Exception {
        String two =
                "receivers: {in: {}}\nprocessors: {bad: {}}\nexporters: {out: {}, other: {}}\nservice: {pipelines: {"
                        + "traces: {receivers: [in], processors: [bad], exporters: [out]}, traces/2: {receivers: [in], exporters:"
                        + " [other]}}}";
        FakeComponents components = components(new Backend("out"), new Backend("other"))
                .processor("bad", (config, next) -> spans -> {
                    throw new IllegalStateException("bug");
                });
        Host host = host(two, components, () -> {});
        host.start();

        feeds.get(0).pipelines().accept(Spans.of(4));

        await().until(() -> sent("other") == 4);
        host.close();
        assertThat(metrics.snapshot())
                .containsEntry("zerospan_processor_failed_spans{processor=bad,pipeline=traces}", 4L);
    }

    @Test
    void exporterThatCannotStart_stopsTheHostWithOneSentence() throws Exception {
        Exporter busy = new Backend("out") {
            @Override
            public void start() throws ComponentException {
                throw new ComponentException("127.0.0.1:9412 is in use; choose another endpoint");
            }
        };
        Host host = host(ONE, components(busy, new Backend("other")), () -> {});

        assertThatThrownBy(host::start)
                .isInstanceOf(ComponentException.class)
                .hasMessage("start exporter out: 127.0.0.1:9412 is in use; choose another endpoint");
        assertThat(events).contains("close source", "close other").doesNotContain("start source");
    }

    @Test
    void exporterThatFailsAtItsStart_isLeftOut_andTheOtherGetsAll() throws Exception {
        Exporter faulty = new Backend("out") {
            @Override
            public void start() {
                throw new StackOverflowError();
            }
        };
        Host host = host(ONE.replace("[hold]", "[]"), components(faulty, new Backend("other")), () -> {});
        try (LogLines log = new LogLines(Host.class.getName())) {
            host.start();
            assertThat(log.lines())
                    .containsExactly("SEVERE start exporter out: java.lang.StackOverflowError; its spans are lost, all"
                            + " others go on");
        }
        feeds.get(0).pipelines().accept(Spans.of(3));
        await().until(() -> sent("other") == 3);
        assertThat(metrics.snapshot()).containsEntry("otelcol_exporter_enqueue_failed_spans{exporter=out}", 3L);
        host.close();
    }

    @Test
    void onlyExporterThatFailsAtItsStart_stopsTheHost() throws Exception {
        Exporter faulty = new Backend("out") {
            @Override
            public void start() {
                throw new IllegalStateException("bug");
            }
        };
        Host host = host(ONE.replace(", other]", "]"), components(faulty, new Backend("other")), () -> {});
        assertThatThrownBy(host::start).hasMessage("start exporter out: java.lang.IllegalStateException: bug");
    }

    @Test
    void receiverThatIsMissing_isWaitedForBesideAnother() throws Exception {
        String two = ONE.replace("{in: {}}", "{in: {}, late: {}}").replace("[in]", "[in, late]");
        FakeComponents components = components(new Backend("out"), new Backend("other"));
        Host host = host(two, components, () -> {});
        host.start();
        assertThat(feeds).extracting(Feed::id).containsExactly("in");
        FakeComponents now = components.receiver("late", () -> List.of());
        assertThat(host.exchange(ComponentKind.RECEIVER, Set.of("late"), now.catalog()))
                .isTrue();
        assertThat(exchanged).containsExactly("late");
        host.close();
    }

    @Test
    void exporterThatIsReplaced_deliversWhatItHas_andTheNextGoesOn() throws Exception {
        Host host = host(ONE.replace("[hold]", "[]"), components(new Backend("out"), new Backend("other")), () -> {});
        host.start();
        feeds.get(0).pipelines().accept(Spans.of(3));
        FakeComponents now = new FakeComponents().exporter("out", new Backend("new out"));
        assertThat(host.exchange(ComponentKind.EXPORTER, Set.of("out"), now.catalog()))
                .isTrue();
        feeds.get(0).pipelines().accept(Spans.of(2));
        host.close();
        assertThat(sent("out")).isEqualTo(5);
        assertThat(events).containsSubsequence("start new out", "close out", "close new out");
    }

    @Test
    void processorThatIsReplacedByAFaultyOne_stays() throws Exception {
        Host host = host(ONE, components(new Backend("out"), new Backend("other")), () -> {});
        host.start();
        FakeComponents now = new FakeComponents().processor("hold", (config, next) -> {
            throw new IllegalStateException("bug");
        });
        assertThat(host.exchange(ComponentKind.PROCESSOR, Set.of("hold"), now.catalog()))
                .isFalse();
        feeds.get(0).pipelines().accept(Spans.of(2));
        host.close();
        assertThat(sent("out")).isEqualTo(2);
    }

    @Test
    void sourceThatCannotTrace_isToldBeforeItsStart() throws Exception {
        unprepared = new ComponentException("CAP_BPF is missing");
        Host host = host(ONE, components(new Backend("out"), new Backend("other")), () -> {});

        assertThatThrownBy(host::start).hasMessage("CAP_BPF is missing");
        assertThat(events).contains("close source").doesNotContain("start source");
    }

    @Test
    void factoryThatThrows_isAnErrorWithItsPlace() {
        FakeComponents components = components(new Backend("out"), new Backend("other"))
                .processor("boom", (config, next) -> {
                    throw new IllegalStateException("no luck");
                });

        assertThatThrownBy(() -> host(ONE.replace("{hold: {}}", "{hold: {}, boom: {}}"), components, () -> {}))
                .hasMessage(
                        "--config:2:24: processors::boom: cannot be made: java.lang.IllegalStateException: no luck");
    }

    @Test
    void factoryThatMakesNothing_isAnErrorWithItsPlace() {
        FakeComponents components =
                components(new Backend("out"), new Backend("other")).processor("nil", (config, next) -> null);

        assertThatThrownBy(() -> host(ONE.replace("{hold: {}}", "{hold: {}, nil: {}}"), components, () -> {}))
                .hasMessageContaining("processors::nil: cannot be made: ")
                .hasMessageContaining("the plugin made nothing");
    }

    @Test
    void processorThatOverflowsItsStack_losesOnlyItsOwn() throws Exception {
        FakeComponents components = components(new Backend("out"), new Backend("other"))
                .processor("deep", (config, next) -> spans -> {
                    throw new StackOverflowError();
                });
        Host host = host(ONE.replace("hold", "deep"), components, () -> {});
        host.start();
        feeds.get(0).pipelines().accept(Spans.of(4));
        host.close();
        assertThat(metrics.snapshot())
                .containsEntry("zerospan_processor_failed_spans{processor=deep,pipeline=traces}", 4L);
    }

    @Test
    void pushDown_reachesTheProbesOfThePipelinesReceiver() throws Exception {
        FakeComponents components = components(new Backend("out"), new Backend("other"))
                .processor("sampler", (config, next) -> new Sampler(next));

        host(ONE.replace("hold", "sampler"), components, () -> {});

        assertThat(feeds.get(0).pushedDown()).containsExactly(new PushedDown("sampler", Map.of("sampling", 1L)));
    }

    @Test
    void brokenPlugins_areCountedWhereATypeIsMissing() {
        assertThatThrownBy(() -> {
                    Findings findings = new Findings();
                    ConfigDocument document =
                            ConfigDocument.load(List.of("yaml:" + ONE), List.of(), name -> null, findings);
                    Host.check(
                            SectionReader.read(document, findings),
                            FakeComponents.builtIn().catalog("plugin out has no extensions"));
                })
                .hasMessageContaining("no plugin offers the exporter type 'out'; installed: debug, file")
                .hasMessageContaining("; cannot be used: 1 plugin");
    }

    @Test
    void unusedExporter_isNotStarted() throws Exception {
        Host host = host(ONE.replace(", other]", "]"), components(new Backend("out"), new Backend("other")), () -> {});
        host.start();
        host.close();

        assertThat(events).contains("start out").doesNotContain("start other");
    }

    private long sent(String exporter) {
        return metrics.snapshot().getOrDefault("otelcol_exporter_sent_spans{exporter=" + exporter + "}", 0L);
    }

    private FakeComponents components(Exporter out, Exporter other) {
        return new FakeComponents()
                .receiver("in", new Receiver() {
                    @Override
                    public List<ProbeObject> probes() {
                        return List.of();
                    }

                    @Override
                    public void close() {
                        events.add("close in");
                    }
                })
                .processor("hold", (config, next) -> new Holding(next))
                .exporter("out", out)
                .exporter("other", other);
    }

    private Host host(String yaml, FakeComponents components, Runnable lastWords) throws Exception {
        Findings findings = new Findings();
        ConfigDocument document = ConfigDocument.load(List.of("yaml:" + yaml), List.of(), name -> null, findings);
        return Host.assemble(SectionReader.read(document, findings), components.catalog(), metrics, () -> 1, made -> {
            feeds.addAll(made);
            return new SpanSource() {
                @Override
                public void prepare() throws ComponentException {
                    if (unprepared != null) {
                        throw unprepared;
                    }
                }

                @Override
                public void exchange(String receiver, Feed feed) {
                    exchanged.add(receiver);
                }

                @Override
                public void start() {
                    events.add("start source");
                }

                @Override
                public void close() {
                    lastWords.run();
                    events.add("close source");
                }
            };
        });
    }

    /** Hands on everything at the end. */
    private final class Holding implements Processor {
        private final SpanConsumer next;
        private final List<SpanData> held = new ArrayList<>();

        Holding(SpanConsumer next) {
            this.next = next;
        }

        @Override
        public synchronized void accept(List<SpanData> spans) {
            held.addAll(spans);
        }

        @Override
        public synchronized void close() {
            next.accept(held);
            events.add("close hold");
        }
    }

    private record Sampler(SpanConsumer next) implements Processor {
        @Override
        public void accept(List<SpanData> spans) {
            next.accept(spans);
        }

        @Override
        public Optional<PushDown> pushDown() {
            return Optional.of(new PushDown(PushDown.Need.WHERE_POSSIBLE, Map.of("sampling", 1L)));
        }
    }

    private class Backend implements Exporter {
        private final String name;

        Backend(String name) {
            this.name = name;
        }

        @Override
        public void start() throws ComponentException {
            events.add("start " + name);
        }

        @Override
        public void export(List<SpanData> spans) {
            events.add("export " + name);
        }

        @Override
        public void close() {
            events.add("close " + name);
        }
    }
}
