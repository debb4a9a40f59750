package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.gobinary.Contradiction;
import io.zerospan.gobinary.FieldOffset;
import io.zerospan.gobinary.FieldOffset.Source;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.Inspection;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code inspect} says of the sources of offsets. */
class InspectionOutputTest {
    private static final Path FILE = Path.of("/srv/shop");
    private static final FieldOffset GOID = new FieldOffset("runtime.g", "goid", 152, Source.RUNTIME_TYPES);
    private static final Inspection INSPECTION = new Inspection(
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

    @Test
    void text_field_isShownWithItsSource() {
        assertThat(InspectionText.of(FILE, INSPECTION)).endsWith("""
                        fields
                          runtime.g.goid                               152  runtime types
                          runtime.stringStruct.len                     8  dwarf
                          net/http.Request.ctx                         248  offsets db
                          net/http.Request.pat                         not in this binary
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
                        "\"contradictions\":[[{\"struct\":\"runtime.g\",\"field\":\"goid\",\"offset\":152,"
                                + "\"source\":\"runtime_types\"},{\"struct\":\"runtime.g\",\"field\":\"goid\","
                                + "\"offset\":160,\"source\":\"offsets_db\"}]]");
    }
}
