package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InspectionTest {
    @Test
    void of_binary_listsWhatWasAskedForInOrder() throws Exception {
        Inspection inspection;
        try (GoBinary binary = GoBinary.read(GoPrograms.plain("small", GoPrograms.NEW))) {
            inspection = Inspection.of(
                    binary,
                    List.of("main.none", "main.framed"),
                    List.of(new FieldOffsets.Field("main.line", "from"), new FieldOffsets.Field("main.line", "none")),
                    OffsetsDb.EMPTY);
        }
        assertThat(inspection.go()).isEqualTo(GoPrograms.NEW);
        assertThat(inspection.modules()).extracting(GoModule::path).containsExactly("example.com/small");
        assertThat(inspection.hooks()).extracting(HookSites::eligible).containsExactly(false, true);
        assertThat(inspection.fields()).extracting(FieldOffset::offset).containsExactly(16);
        assertThat(inspection.missing()).containsExactly(new FieldOffsets.Field("main.line", "none"));
    }
}
