package com.example.till;

import io.opentelemetry.api.common.AttributeKey;
import io.zerospan.api.SpanDraft;
import io.zerospan.api.SpanShaper;

/** Cents into money, and a name that tells the item. */
record TillShaper(String currency) implements SpanShaper {
    private static final AttributeKey<Double> AMOUNT = AttributeKey.doubleKey("till.amount");
    private static final AttributeKey<String> CURRENCY = AttributeKey.stringKey("till.currency");
    private static final double CENTS = 100;

    @Override
    public void shape(SpanDraft span) {
        String item = span.text("till.item");
        if (item != null) {
            span.name("charge " + item);
        }
        span.put(AMOUNT, span.number("zs.cents", 0) / CENTS);
        span.put(CURRENCY, currency);
        SpanShaper.AS_DECLARED.shape(span); // an error.type makes a failed span
    }
}
