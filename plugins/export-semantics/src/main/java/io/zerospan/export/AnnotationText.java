package io.zerospan.export;

import io.opentelemetry.sdk.trace.data.EventData;

/** An event as Zipkin's annotation: https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/#events */
public final class AnnotationText {
    private AnnotationText() {}

    public static String of(EventData event) {
        return event.getAttributes().isEmpty()
                ? event.getName()
                : AttributeText.quoted(event.getName()) + ": " + AttributeText.json(event.getAttributes());
    }
}
