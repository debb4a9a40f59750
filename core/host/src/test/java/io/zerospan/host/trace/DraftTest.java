package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.zerospan.api.SpanShaper;
import org.junit.jupiter.api.Test;

class DraftTest {
    private final Draft draft = new Draft(new KnownTexts(), SpanKind.SERVER, "as declared");

    @Test
    void declaredValues_areExportedUnderTheirNamesAndTypes() {
        draft.declared("cart.id", "c-1");
        draft.declared("cart.items", 3L);
        draft.declared("cart.gift", true);
        assertThat(draft.attributes())
                .isEqualTo(Attributes.builder()
                        .put("cart.id", "c-1")
                        .put("cart.items", 3L)
                        .put("cart.gift", true)
                        .build());
    }

    @Test
    void internalValues_areReadByTheShaperAndNotExported() {
        draft.declared("zs.method", "GET");
        assertThat(draft.text("zs.method")).isEqualTo("GET");
        assertThat(draft.attributes()).isEqualTo(Attributes.empty());
    }

    @Test
    void text_ofWhatIsNoText_isNull() {
        draft.declared("n", 1L);
        assertThat(draft.text("n")).isNull();
        assertThat(draft.text("absent")).isNull();
    }

    @Test
    void number_isTheNumberTheTruthOrWhatStandsForAbsent() {
        draft.declared("n", 42L);
        draft.declared("yes", true);
        draft.declared("no", false);
        draft.declared("text", "7");
        assertThat(draft.number("n", -1)).isEqualTo(42);
        assertThat(draft.number("yes", -1)).isEqualTo(1);
        assertThat(draft.number("no", -1)).isZero();
        assertThat(draft.number("text", -1)).isEqualTo(-1);
        assertThat(draft.number("absent", -1)).isEqualTo(-1);
    }

    @Test
    void put_replacesADeclaredValueEvenOfAnotherType() {
        draft.declared("server.port", "8080");
        draft.put(AttributeKey.longKey("server.port"), 8080L);
        assertThat(draft.attributes()).isEqualTo(Attributes.of(AttributeKey.longKey("server.port"), 8080L));
    }

    @Test
    void remove_takesADeclaredValueBack() {
        draft.declared("cart.id", "c-1");
        draft.remove("cart.id");
        assertThat(draft.attributes()).isEqualTo(Attributes.empty());
    }

    @Test
    void error_setsStatusAndTypeWithoutDescription() {
        assertThat(draft.status()).isEqualTo(StatusData.unset());
        draft.error("500");
        assertThat(draft.status()).isEqualTo(StatusData.error());
        assertThat(draft.attributes()).isEqualTo(Attributes.of(AttributeKey.stringKey("error.type"), "500"));
    }

    @Test
    void name_isTheDeclaredOneUntilTheShaperGivesAnother() {
        assertThat(draft.name()).isEqualTo("as declared");
        draft.name("GET /");
        assertThat(draft.name()).isEqualTo("GET /");
    }

    @Test
    void asDeclared_errorTypeMakesTheSpanAFailedOne() {
        draft.declared("error.type", "*net.OpError");
        SpanShaper.AS_DECLARED.shape(draft);
        assertThat(draft.status()).isEqualTo(StatusData.error());
        assertThat(draft.attributes()).isEqualTo(Attributes.of(AttributeKey.stringKey("error.type"), "*net.OpError"));
    }

    @Test
    void asDeclared_failureWithoutAType_hasTheConventionsWord() {
        draft.declared("zs.failed", true);
        SpanShaper.AS_DECLARED.shape(draft);
        assertThat(draft.attributes()).isEqualTo(Attributes.of(AttributeKey.stringKey("error.type"), "_OTHER"));
    }
}
