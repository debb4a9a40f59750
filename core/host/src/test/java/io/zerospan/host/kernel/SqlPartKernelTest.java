package io.zerospan.host.kernel;

import static io.zerospan.host.kernel.Tracing.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.host.trace.TraceEngine;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import io.zerospan.testkit.FakeTelemetry;
import java.util.List;
import java.util.Map;

/** A program that the linker left little of database/sql in is traced all the same. */
@KernelTest
class SqlPartKernelTest {
    @WebTest.EachGo
    void statement_inAProgramWithoutTheRest_isARoot(String go) throws Exception {
        Tracing.Spans spans = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(GoBuild.of("sqlpart").with(go).build())) {
            program.await("ready");
            try (TraceEngine engine = traced(program, spans)) {
                program.say("DELETE FROM items WHERE id = 7");
                assertThat(program.await("done")).isEqualTo("<nil>");
                eventually().until(() -> !spans.all().isEmpty());
            }
        }
        assertThat(SpanTree.of(spans.all()))
                .containsExactly(SqlSpan.statement("other_sql", "DELETE items", "DELETE FROM items WHERE id = ?")
                        .toString());
    }

    @WebTest.EachGo
    void queryText_raw_isAsTheProgramWroteIt(String go) throws Exception {
        Tracing.Spans raw = new Tracing.Spans();
        try (GoProgram program = GoProgram.start(GoBuild.of("sqlpart").with(go).build())) {
            program.await("ready");
            try (TraceEngine engine = traced(program, raw, Map.of("query_text", "raw"))) {
                program.say("DELETE FROM items WHERE id = 7");
                program.await("done");
                eventually().until(() -> !raw.all().isEmpty());
            }
        }
        assertThat(SpanTree.of(raw.all()).get(0)).contains("db.query.text='DELETE FROM items WHERE id = 7'");
    }

    private static TraceEngine traced(GoProgram program, Tracing.Spans spans) throws Exception {
        return traced(program, spans, Map.of());
    }

    private static TraceEngine traced(GoProgram program, Tracing.Spans spans, Map<String, Object> config)
            throws Exception {
        TraceEngine.Feed feed = new TraceEngine.Feed(
                "database_sql",
                new DatabaseSqlFactory().create(FakeConfig.of(config), new FakeContext("database_sql")),
                spans);
        TraceEngine engine = new TraceEngine(List.of(feed), List.of(Tracing.pid(program)), new FakeTelemetry());
        engine.start();
        return engine;
    }
}
