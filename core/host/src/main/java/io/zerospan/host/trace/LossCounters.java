package io.zerospan.host.trace;

import java.util.List;

/** Names of what the probes count, in the order of {@code enum zs_counter} in {@code maps.h}. */
final class LossCounters {
    static final String PROCESS_NEWS = "process_news";

    /** Nothing of ours is lost: a caller sent what its format does not allow. */
    static final String HEADERS_INVALID = "parent_headers_invalid";

    /** Left out on purpose: more would cost the program more than its {@code max_overhead}. */
    static final String BUDGET = "span_budget";

    static final List<String> NAMES = List.of(
            "span_ring_full",
            "span_map_full",
            "span_too_deep",
            "span_no_scratch",
            "attribute_read",
            "attribute_record_full",
            "parent_race",
            "parent_dead",
            "span_fault",
            "connection_unknown",
            PROCESS_NEWS,
            "parent_headers",
            "parent_map_full",
            HEADERS_INVALID,
            BUDGET);

    private LossCounters() {}

    /** What has become of what is counted. */
    static String verb(String name) {
        return switch (name) {
            case HEADERS_INVALID -> "ignored";
            case BUDGET -> "left out";
            default -> "lost";
        };
    }
}
