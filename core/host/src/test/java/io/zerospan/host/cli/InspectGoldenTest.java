package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ReceiverFactory;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.host.kernel.GoBuild;
import io.zerospan.host.trace.Inspected;
import io.zerospan.host.trace.Inspections;
import io.zerospan.host.trace.TraceEngine;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.receiver.httpclient.HttpClientFactory;
import io.zerospan.receiver.httpserver.HttpServerFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * All that {@code inspect} says of three programs, word by word. {@code -Dgolden=write} writes it anew, for the eyes of
 * whoever commits it.
 */
class InspectGoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "inspected");

    private static OffsetsDb offsets;
    private static List<TraceEngine.Feed> receivers;

    @BeforeAll
    static void install() throws Exception {
        offsets = OffsetsDb.read(Path.of("..", "..", "offsets-db"));
        receivers = Stream.of(new DatabaseSqlFactory(), new HttpClientFactory(), new HttpServerFactory())
                .map(InspectGoldenTest::feed)
                .toList();
    }

    @Test
    void newestGo_withDebugInformation() throws Exception {
        assertGolden("newest", GoBuild.of("inspected").reproducible(GoBuild.NEWEST, "amd64"));
    }

    @Test
    void oldestGo_strippedAndPositionIndependent() throws Exception {
        GoBuild build = GoBuild.of("inspected").reproducible("1.18.10", "amd64", "-buildmode=pie", "-ldflags=-s -w");
        assertGolden("oldest-stripped-pie", build);
    }

    @Test
    void otherMachine_withLittleToTrace() throws Exception {
        assertGolden("little-arm64", GoBuild.of("sqlpart").reproducible(GoBuild.OLDEST, "arm64"));
    }

    private static void assertGolden(String name, GoBuild build) throws Exception {
        Inspected inspected = Inspections.of(build.build(), receivers, offsets);
        Path shown = Path.of("/srv", name);
        String id = inspected.binary().buildId(); // tells the Go command too
        String text = InspectionText.of(shown, inspected).replace(id, "BUILD-ID");
        assertThat(text.lines()).allMatch(line -> line.length() <= InspectionText.WIDTH);
        compare(GOLDEN.resolve(name + ".txt"), text);
        compare(
                GOLDEN.resolve(name + ".json"),
                InspectionJson.of(shown, inspected).replace(id, "BUILD-ID") + "\n");
    }

    private static void compare(Path file, String found) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(file, found);
        }
        assertThat(found).isEqualTo(Files.readString(file));
    }

    private static TraceEngine.Feed feed(ReceiverFactory factory) {
        return new TraceEngine.Feed(
                factory.type(), factory.create(FakeConfig.empty(), new FakeContext(factory.type())), spans -> {});
    }
}
