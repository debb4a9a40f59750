package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.gobinary.Contradiction;
import io.zerospan.gobinary.CostClass;
import io.zerospan.gobinary.FieldOffset;
import io.zerospan.gobinary.FieldOffset.Source;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoModule;
import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.Inspection;
import io.zerospan.gobinary.ProbeSite;
import io.zerospan.host.trace.Inspected;
import io.zerospan.host.trace.ReceiverHooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code inspect} says of the sources of offsets. */
class InspectionOutputTest {
    private static final Path FILE = Path.of("/srv/shop");
    private static final FieldOffset GOID = new FieldOffset("runtime.g", "goid", 152, Source.RUNTIME_TYPES);
    private static final Inspection BINARY = new Inspection(
            "go1.26.8",
            "amd64",
            false,
            "",
            List.of(),
            List.of(),
            List.of(
                    GOID,
                    new FieldOffset("runtime.stringStruct", "len", 8, Source.DWARF),
                    new FieldOffset("net/http.Request", "ctx", 248, Source.OFFSETS_DB)),
            List.of(new FieldOffsets.Field("net/http.Request", "pat")),
            List.of(new Contradiction(GOID, new FieldOffset("runtime.g", "goid", 160, Source.OFFSETS_DB))),
            "/srv/shop: debug information: the reader had no answer within 20 s");
    private static final Inspected INSPECTION = new Inspected(BINARY, List.of());

    @Test
    void text_field_isShownWithItsSource() {
        assertThat(InspectionText.of(FILE, INSPECTION)).endsWith("""
                        fields: offset, where it was read
                          runtime.g.goid                                           152  runtime types
                          runtime.stringStruct.len                                 8  dwarf
                          net/http.Request.ctx                                     248  offsets db
                          not in this binary
                            net/http.Request                                       pat
                          ! runtime.g.goid: the runtime types say 152, offsets-db says 160; the former is used
                          ! not compared: /srv/shop: debug information: the reader had no answer within 20 s
                        """);
    }

    @Test
    void json_field_hasItsSource() {
        assertThat(InspectionJson.of(FILE, INSPECTION).replaceAll("\\s+", ""))
                .contains(
                        "\"struct\":\"runtime.stringStruct\",\"field\":\"len\",\"offset\":8,\"source\":\"dwarf\"",
                        "\"field\":\"ctx\",\"offset\":248,\"source\":\"offsets_db\"",
                        "\"field\":\"pat\",\"offset\":null,\"source\":null",
                        "\"debugProblem\":\"/srv/shop:debuginformation:thereaderhadnoanswerwithin20s\"",
                        "\"contradictions\":[[{\"struct\":\"runtime.g\",\"field\":\"goid\",\"offset\":152,"
                                + "\"source\":\"runtime_types\"},{\"struct\":\"runtime.g\",\"field\":\"goid\","
                                + "\"offset\":160,\"source\":\"offsets_db\"}]]");
    }

    @Test
    void json_isWhatTheGuideShows() throws Exception {
        HookSites handler = new HookSites(
                "net/http.serverHandler.ServeHTTP",
                true,
                "",
                true,
                0x6a1c40,
                new ProbeSite(0x6a1c44, 0x2a1c44, CostClass.EMULATED, true),
                List.of(new ProbeSite(0x6a1d90, 0x2a1d90, CostClass.SINGLE_STEP, false)),
                List.of(new ProbeSite(0x6a1d90, 0x2a1d90, CostClass.SINGLE_STEP, false)));
        HookSites absent = new HookSites(
                "database/sql.(*DB).exec",
                false,
                "database/sql.(*DB).exec is not in the binary",
                false,
                0,
                null,
                List.of(),
                List.of());
        Inspection shown = new Inspection(
                "go1.26.8",
                "amd64",
                false,
                "c2hvcA",
                List.of(new GoModule("github.com/lib/pq", "v1.10.9")),
                List.of(handler, absent),
                List.of(GOID),
                List.of(new FieldOffsets.Field("net/http.Request", "pat")),
                BINARY.contradictions(),
                "");
        Inspected inspected = new Inspected(
                shown, List.of(wants("http_server", handler.symbol()), wants("database_sql", absent.symbol())));
        assertThat(Files.readString(Path.of("../../docs/inspect.md")))
                .contains("```json\n" + InspectionJson.of(FILE, inspected) + "\n```");
    }

    @Test
    void text_longReason_isWrapped_notCut() {
        String reason = "is inlined into " + "net/http.(*conn).serve and ".repeat(8) + "main.main";
        HookSites refused = new HookSites("main.work", false, reason, true, 0, null, List.of(), List.of());
        Inspection shown = new Inspection(
                "go1.26.8", "amd64", false, "", List.of(), List.of(refused), List.of(), List.of(), List.of(), "");
        String text = InspectionText.of(FILE, new Inspected(shown, List.of(wants("function", "main.work"))));
        assertThat(text.lines()).allMatch(line -> line.length() <= InspectionText.WIDTH);
        assertThat(text.replaceAll("\\s+", " ")).contains(reason);
    }

    private static ReceiverHooks wants(String receiver, String symbol) {
        return new ReceiverHooks(receiver, List.of(new ReceiverHooks.Use(symbol, true, true)));
    }
}
