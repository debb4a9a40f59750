package io.zerospan.host.trace;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code targets}: which processes to trace. All that is set must match.
 *
 * @param exe glob over the path of the executable, where {@code **} crosses folders
 * @param pid one process
 * @param serviceName {@code service.name} of what matches
 */
public record TargetRule(
        @Nullable String exe,
        @Nullable Integer pid,
        @Nullable String serviceName) {}
