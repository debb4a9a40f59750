package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.HookRules;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.host.kernel.GoBuild;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the programs for queries go: a query without an error ends at what it calls last, if that is cheaper. */
class ProbePlanTest {
    private static Map<String, Integer> sites(GoBuild build) throws Exception {
        TraceEngine.Feed feed = new TraceEngine.Feed(
                "database_sql",
                new DatabaseSqlFactory().create(FakeConfig.empty(), new FakeContext("database_sql")),
                spans -> {});
        ProbeDeclarations declared =
                ProbeSet.read(LibBpf.load(), List.of(feed)).get(0).declarations();
        try (GoBinary binary = GoBinary.read(build.build())) {
            List<FieldOffsets.Field> fields = declared.fields().stream()
                    .map(ProbeDeclarations.Field::wanted)
                    .toList();
            FieldOffsets offsets = FieldOffsets.find(binary, fields, OffsetsDb.EMPTY, FieldOffsets.Effort.NEEDED);
            ProbePlan plan = ProbePlan.of(declared, new StudiedBinary(binary, offsets, HookRules.NONE));
            assertThat(plan.refusal()).isEmpty();
            return plan.placements().stream()
                    .collect(Collectors.toMap(
                            ProbePlan.Placement::program,
                            placement -> placement.chosen().size()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.18.10", GoBuild.NEWEST})
    void query_endsAtItsRows_andAtItsReturnsWithAnError(String go) throws Exception {
        assertThat(sites(GoBuild.of("inspected").reproducible(go, "amd64")))
                .containsEntry("query_rows", 1)
                .containsEntry("query_end", 3);
    }

    @Test
    void queryOnAMachineWithCheapReturns_endsAtAllOfThem() throws Exception {
        assertThat(sites(GoBuild.of("inspected").reproducible(GoBuild.NEWEST, "arm64")))
                .doesNotContainKey("query_rows")
                .containsEntry("query_end", 5);
    }
}
