package io.zerospan.api;

import io.opentelemetry.api.trace.SpanKind;
import java.util.List;

/**
 * One function of one executable that gets a span for each of its calls.
 *
 * @param span the span's name; {@code {attribute}} takes in an attribute
 * @param kind also of spans whose function never returned
 * @param attributes what the programs append, in the order of their ids, which begin at 1
 * @param atStart what stands in {@code zs_plans} behind {@code struct zs_plan} at the function's start
 * @param atEnd the same at each of its ends
 */
public record PlannedHook(
        GoFunction function,
        String span,
        SpanKind kind,
        List<PlannedAttribute> attributes,
        byte[] atStart,
        byte[] atEnd) {
    public PlannedHook {
        attributes = List.copyOf(attributes);
    }
}
