package io.zerospan.exporter.jaeger;

import io.jaegertracing.thriftjava.Process;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;

/** OpenTelemetry's resource as Jaeger's process: its service name, the rest as tags. */
final class JaegerProcess {
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    /** OpenTelemetry's name for a service without one; Jaeger wants some. */
    private static final String NO_SERVICE_NAME = "unknown_service";

    private JaegerProcess() {}

    static Process of(Resource resource) {
        String service = resource.getAttribute(SERVICE_NAME);
        Attributes rest =
                resource.getAttributes().toBuilder().remove(SERVICE_NAME).build();
        return new Process(service == null || service.isEmpty() ? NO_SERVICE_NAME : service)
                .setTags(new Tags().add(rest).list());
    }
}
