package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ReceiverFactory;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.receiver.httpclient.HttpClientFactory;
import io.zerospan.receiver.httpserver.HttpServerFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code offsets-db/} keeps up with the probes; {@code script/offsets} brings it up to date. */
class OffsetsDbCoverageTest {
    /** What the generator does not measure, see {@code Own} in {@code generator/matrix/modules.go}. */
    private static final List<String> OWN = List.of(
            "github.com/gin-gonic/gin",
            "github.com/go-chi/chi",
            "github.com/gorilla/mux",
            "github.com/labstack/echo/",
            "golang.org/x/net/");

    @Test
    void database_everyFieldThatAProbeDeclares_isKnown() throws Exception {
        OffsetsDb db = OffsetsDb.read(Path.of("..", "..", "offsets-db"));
        List<TraceEngine.Feed> receivers = Stream.of(
                        new HttpServerFactory(), new HttpClientFactory(), new DatabaseSqlFactory())
                .map(OffsetsDbCoverageTest::feed)
                .toList();
        List<FieldOffsets.Field> declared = ProbeSet.read(LibBpf.load(), receivers).stream()
                .flatMap(probe -> probe.declarations().fields().stream())
                .map(ProbeDeclarations.Field::wanted)
                .filter(field -> OWN.stream().noneMatch(field.struct()::startsWith))
                .toList();
        assertThat(declared)
                .hasSizeGreaterThan(40)
                .allSatisfy(field ->
                        assertThat(field.path().split("\\|")).allMatch(path -> db.knows(field.struct(), path)));
    }

    private static TraceEngine.Feed feed(ReceiverFactory factory) {
        return new TraceEngine.Feed(
                factory.type(), factory.create(FakeConfig.empty(), new FakeContext(factory.type())), spans -> {});
    }
}
