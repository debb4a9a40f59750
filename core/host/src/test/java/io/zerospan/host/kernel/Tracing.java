package io.zerospan.host.kernel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Processor;
import io.zerospan.api.PushDown;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.SpanConsumer;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.host.trace.ContextEntries;
import io.zerospan.host.trace.Limits;
import io.zerospan.host.trace.TargetRule;
import io.zerospan.host.trace.TraceEngine;
import io.zerospan.processor.headercontext.HeaderContextProcessorFactory;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.receiver.function.FunctionFactory;
import io.zerospan.receiver.httpclient.HttpClientFactory;
import io.zerospan.receiver.httpserver.HttpServerFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.FakeTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The engine with the HTTP receivers, on chosen programs, and the spans that came. */
final class Tracing implements AutoCloseable {
    private static final AttributeKey<Long> PID = AttributeKey.longKey("process.pid");
    /** The names under which the host counts lost spans, and what else it may lose. */
    private static final List<String> LOSSES = List.of(
            "span_ring_full",
            "span_map_full",
            "span_too_deep",
            "span_no_scratch",
            "attribute_read",
            "attribute_record_full",
            "parent_race",
            "parent_dead",
            "span_fault",
            "connection_unknown",
            "parent_headers",
            "parent_map_full",
            "parent_headers_invalid",
            "span_budget");

    /** Between the end of a span and its delivery lie some 20 ms; a loaded machine gets three thousand times that. */
    private static final Duration DELIVERY = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(10);

    private final FakeTelemetry telemetry = new FakeTelemetry();
    private final TraceEngine engine;

    private Tracing(List<TraceEngine.Feed> feeds, Limits limits, List<TargetRule> targets) {
        engine = new TraceEngine(feeds, targets, limits, telemetry, OffsetsDb.EMPTY);
    }

    private static List<TraceEngine.Feed> http(SpanConsumer spans, PushedDown pushedDown) {
        return List.of(
                feed(new HttpServerFactory(), Map.of(), pushedDown.server(), spans),
                feed(new HttpClientFactory(), Map.of(), pushedDown.client(), spans));
    }

    private static TraceEngine.Feed feed(
            ReceiverFactory factory, Map<String, String> config, Map<String, Long> constants, SpanConsumer spans) {
        Receiver receiver = factory.create(FakeConfig.of(config), new FakeContext(factory.type()));
        return new TraceEngine.Feed(
                factory.type(),
                receiver,
                spans,
                List.of(new io.zerospan.host.trace.PushedDown("processors", constants)));
    }

    static Tracing of(SpanConsumer spans, TargetRule... targets) throws Exception {
        return of(spans, PushedDown.NOTHING, targets);
    }

    static Tracing of(SpanConsumer spans, PushedDown pushedDown, TargetRule... targets) throws Exception {
        return started(http(spans, pushedDown), Limits.DEFAULT, targets);
    }

    /** Behind the processor {@code header_context}, which also tells the probes what to read. */
    static Tracing of(SpanConsumer spans, Map<String, ?> headerContext, TargetRule... targets) throws Exception {
        Processor processor = new HeaderContextProcessorFactory()
                .create(FakeConfig.of(headerContext), new FakeContext("header_context"), spans);
        PushDown wish = processor.pushDown().orElseThrow();
        List<io.zerospan.host.trace.PushedDown> pushed =
                List.of(new io.zerospan.host.trace.PushedDown("header_context", wish.constants(), wish.tables()));
        List<TraceEngine.Feed> feeds = http(processor, PushedDown.NOTHING).stream()
                .map(feed -> new TraceEngine.Feed(feed.id(), feed.receiver(), processor, pushed))
                .toList();
        return started(feeds, Limits.DEFAULT, targets);
    }

    static Tracing of(SpanConsumer spans, Limits limits, TargetRule... targets) throws Exception {
        return started(http(spans, PushedDown.NOTHING), limits, targets);
    }

    /** With the database's receiver too, which shows statements as they are. */
    static Tracing ofAll(SpanConsumer spans, TargetRule... targets) throws Exception {
        return ofAll(spans, PushedDown.NOTHING, targets);
    }

    static Tracing ofAll(SpanConsumer spans, PushedDown pushedDown, TargetRule... targets) throws Exception {
        List<TraceEngine.Feed> feeds = new ArrayList<>(http(spans, pushedDown));
        feeds.add(feed(new DatabaseSqlFactory(), Map.of("query_text", "raw"), Map.of(), spans));
        return started(feeds, Limits.DEFAULT, targets);
    }

    /** With the receiver {@code function} alone, configured as YAML would. */
    static Tracing ofFunctions(SpanConsumer spans, List<Map<String, ?>> probes, TargetRule... targets)
            throws Exception {
        Receiver receiver =
                new FunctionFactory().create(FakeConfig.of(Map.of("probes", probes)), new FakeContext("function"));
        return started(List.of(new TraceEngine.Feed("function", receiver, spans)), Limits.DEFAULT, targets);
    }

    /** With headers on their way out, as {@code propagation} in the YAML says, and in. */
    static Tracing outward(
            SpanConsumer spans, Map<String, Object> propagation, PushedDown pushedDown, TargetRule... targets)
            throws Exception {
        Receiver client = new HttpClientFactory()
                .create(FakeConfig.of(Map.of("propagation", propagation)), new FakeContext("http_client"));
        List<TraceEngine.Feed> feeds = List.of(
                feed(new HttpServerFactory(), Map.of(), pushedDown.server(), spans),
                new TraceEngine.Feed(
                        "http_client",
                        client,
                        spans,
                        List.of(new io.zerospan.host.trace.PushedDown("processors", pushedDown.client()))));
        return started(feeds, Limits.DEFAULT, targets);
    }

    private static Tracing started(List<TraceEngine.Feed> feeds, Limits limits, TargetRule... targets)
            throws Exception {
        Tracing tracing = new Tracing(feeds, limits, List.of(targets));
        tracing.engine.start();
        return tracing;
    }

    /** Takes a receiver's probes out of everything that runs. */
    void remove(String receiver) throws ComponentException {
        engine.exchange(receiver, null);
    }

    /** Puts the client's probes into everything that runs, in place of those that may be there. */
    void exchangeClient(SpanConsumer spans) throws ComponentException {
        engine.exchange("http_client", feed(new HttpClientFactory(), Map.of(), Map.of(), spans));
    }

    /** How a test waits for what the kernel and the ring thread bring. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(DELIVERY).pollDelay(Duration.ZERO).pollInterval(LOOK);
    }

    static TargetRule exe(Path executable) {
        return new TargetRule(executable.toString(), null, null);
    }

    static TargetRule pid(GoProgram program) {
        return new TargetRule(null, program.pid(), null);
    }

    static Predicate<SpanData> from(GoProgram program) {
        return span -> span.getResource().getAttribute(PID) == program.pid();
    }

    /** What was lost, by name; nothing for what was not. */
    Map<String, Long> lost() {
        Map<String, Long> lost = new TreeMap<>();
        for (String what : LOSSES) {
            long count = telemetry.read("zerospan_lost", "what", what);
            if (count > 0) {
                lost.put(what, count);
            }
        }
        return lost;
    }

    /** A metric that the engine counts. */
    long counted(String name, String... labels) {
        return telemetry.count(name, labels);
    }

    /** A metric that the engine shows; -1 as long as it does not. */
    long shown(String name, String... labels) {
        try {
            return telemetry.read(name, labels);
        } catch (IllegalArgumentException notYet) {
            return -1;
        }
    }

    /** How many spans will never come. */
    long lostSpans() {
        return lost().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("span_"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What became of spans on their way out. */
    long propagated(String way, String result) {
        return telemetry.read("zerospan_propagation_total", "way", way, "result", result);
    }

    /** How many processes that make spans of their own are treated this way. */
    long instrumented(String treatment) {
        return telemetry.read("zerospan_instrumented_processes", "treatment", treatment);
    }

    /** What the kernel holds of a process; it notes each one that it traces. */
    List<String> entries(int pid) {
        return ContextEntries.of(engine, pid);
    }

    /** Waits until nothing of a process that has ended is left in the kernel. */
    void awaitForgotten(int pid) {
        eventually().until(() -> entries(pid), List::isEmpty);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Spans in the order in which they ended, as far as the kernel's buffer keeps it. */
    static final class Spans implements SpanConsumer {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public void accept(List<SpanData> more) {
            spans.addAll(more);
        }

        void clear() {
            spans.clear();
        }

        List<SpanData> all() {
            return new ArrayList<>(spans);
        }

        List<SpanData> where(Predicate<SpanData> wanted) {
            return spans.stream().filter(wanted).toList();
        }
    }
}
