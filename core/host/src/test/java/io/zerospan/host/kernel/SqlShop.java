package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.host.trace.ContextEntries;
import io.zerospan.host.trace.TraceEngine;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.receiver.httpserver.HttpServerFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.FakeTelemetry;
import java.util.List;
import java.util.function.Predicate;

/** The test program {@code sql} on one database, traced: runs one scenario after the other and gives the spans of each. */
final class SqlShop implements AutoCloseable {
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final String MARK = "nothing";
    private static final Predicate<SpanData> IS_MARK =
            span -> ("/" + MARK).equals(span.getAttributes().get(PATH));

    /** What one scenario said and gave. */
    record Outcome(String said, List<SpanData> spans) {}

    private final GoProgram program;
    private final Tracing.Spans spans = new Tracing.Spans();
    private final FakeTelemetry telemetry = new FakeTelemetry();
    private final TraceEngine engine;
    private final String authority;
    private final boolean newest;
    private int seen;
    private int marks;

    private SqlShop(GoBuild build, String driver, String source) throws Exception {
        newest = build.version().equals(GoBuild.NEWEST);
        program = GoProgram.start(build.build(), driver, source);
        try {
            authority = program.await("ready");
            engine = new TraceEngine(
                    List.of(feed(new HttpServerFactory()), feed(new DatabaseSqlFactory())),
                    List.of(Tracing.pid(program)),
                    telemetry);
            engine.start();
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    private TraceEngine.Feed feed(ReceiverFactory factory) {
        Receiver receiver = factory.create(FakeConfig.empty(), new FakeContext(factory.type()));
        return new TraceEngine.Feed(factory.type(), receiver, spans);
    }

    /** @param source what the driver opens */
    static SqlShop open(GoBuild build, String driver, String source) throws Exception {
        return new SqlShop(build, driver, source);
    }

    /** Whether its drivers are the newest ones; else those of the oldest Go. */
    boolean newest() {
        return newest;
    }

    /** Host and port of its server. */
    String authority() {
        return authority;
    }

    /**
     * Runs a scenario, waits for as many spans as it should give, and then for that of a request made after it: what
     * came before this one is all that the scenario gave, be it more or other than it should.
     */
    Outcome run(String scenario, int count) throws Exception {
        program.say(scenario);
        String said = program.await("done");
        eventually().until(() -> spans.all().size() - seen >= count);
        program.say(MARK);
        program.await("done");
        marks++;
        eventually().until(() -> spans.where(IS_MARK).size() == marks);
        List<SpanData> all = spans.all();
        List<SpanData> fresh =
                all.subList(seen, all.size()).stream().filter(IS_MARK.negate()).toList();
        seen = all.size();
        return new Outcome(said, fresh);
    }

    /** How often the host lost something of this kind. */
    long lost(String what) {
        return telemetry.read("zerospan_lost", "what", what);
    }

    @Override
    public void close() throws Exception {
        try (program;
                engine) {
            // nothing stays of requests that have ended; only that the process lives is noted
            eventually()
                    .until(
                            () -> ContextEntries.of(engine, program.pid()),
                            entries -> entries.equals(List.of("kind 4 id 0")));
        }
    }
}
