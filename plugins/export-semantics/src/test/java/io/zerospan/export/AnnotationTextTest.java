package io.zerospan.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.EventData;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationTextTest {

    @Test
    void of_eventWithoutAttributes_isItsName() {
        assertThat(AnnotationText.of(EventData.create(0, "retry", Attributes.empty())))
                .isEqualTo("retry");
    }

    @Test
    void of_eventWithAttributes_isJson() {
        Attributes attributes = Attributes.of(
                AttributeKey.stringKey("why"), "a \"quoted\" one", AttributeKey.longArrayKey("waits"), List.of(1L, 2L));
        assertThat(AnnotationText.of(EventData.create(0, "re\"try", attributes)))
                .isEqualTo("\"re\\\"try\": {\"waits\":[1,2],\"why\":\"a \\\"quoted\\\" one\"}");
    }

    @Test
    void of_singleValues_stayAsTheyAre() {
        assertThat(AttributeText.of("a\"b")).isEqualTo("a\"b");
        assertThat(AttributeText.of(2.5)).isEqualTo("2.5");
        assertThat(AttributeText.of(List.of(true, false))).isEqualTo("[true,false]");
    }
}
