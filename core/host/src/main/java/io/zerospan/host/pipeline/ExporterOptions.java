package io.zerospan.host.pipeline;

import io.zerospan.api.Config;
import java.time.Duration;

/**
 * What the host does around each exporter, with the Collector's keys and defaults.
 *
 * @param timeout of one attempt; zero is no limit
 * @param consumers how many requests may be under way, most of them waiting for their next attempt
 * @param queueSize in requests or spans
 * @param countSpans whether {@code queueSize} counts spans
 */
record ExporterOptions(Duration timeout, Retry retry, int consumers, int queueSize, boolean countSpans) {
    /** More threads than this wait for nothing: an exporter sends one request at a time. */
    private static final int MAX_CONSUMERS = 64;

    private static final int MAX_QUEUE_SIZE = 1_000_000;

    /**
     * {@code retry_on_failure}.
     *
     * @param maxElapsed zero: for ever
     * @param randomization by which part an interval is stretched or shortened at random
     */
    record Retry(
            boolean enabled,
            Duration initialInterval,
            Duration maxInterval,
            Duration maxElapsed,
            double multiplier,
            double randomization) {}

    static ExporterOptions read(Config config) {
        Config retry = config.section("retry_on_failure");
        Retry retryOptions = new Retry(
                retry.bool("enabled", true),
                retry.duration("initial_interval", Duration.ofSeconds(5)),
                retry.duration("max_interval", Duration.ofSeconds(30)),
                retry.duration("max_elapsed_time", Duration.ofSeconds(300)),
                retry.decimal("multiplier", 1.5, 1, 1000),
                retry.decimal("randomization_factor", 0.5, 0, 1));
        Config queue = config.section("sending_queue");
        boolean queued = queue.bool("enabled", true);
        int consumers = (int) queue.integer("num_consumers", 10, 1, MAX_CONSUMERS);
        int size = (int) queue.integer("queue_size", 1000, 1, MAX_QUEUE_SIZE);
        String sizer = queue.choice("sizer", "requests", "requests", "items");
        refuse(queue, "block_on_overflow", "it would hold up the other exporters; a full queue drops and counts");
        refuse(queue, "wait_for_result", "a receiver here cannot send a failure back to a traced program");
        if (queue.has("storage")) {
            queue.reject("storage", "there are no storage extensions yet; the queue lives in memory");
        }
        if (queue.has("batch")) {
            queue.reject("batch", "is not supported; put the processor 'batch' into the pipeline");
        }
        Duration timeout = config.duration("timeout", Duration.ofSeconds(5));
        // Without a queue the ring's thread would wait for the backend; one request is the least that decouples them.
        return queued
                ? new ExporterOptions(timeout, retryOptions, consumers, size, sizer.equals("items"))
                : new ExporterOptions(timeout, retryOptions, 1, 1, false);
    }

    private static void refuse(Config queue, String key, String why) {
        if (queue.bool(key, false)) {
            queue.reject(key, "true is not supported: " + why);
        }
    }
}
