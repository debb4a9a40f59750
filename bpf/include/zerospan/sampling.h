/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The head decision: which spans leave a record. It goes by the trace id, so that every span of a trace and every host
 * decide alike, as in OpenTelemetry's consistent probability sampling: the last 56 bits of the id against a threshold.
 * A span that is sampled out is not lost: its ids and flags reach its children as ever.
 */
#pragma once

#include "contexts.h"

/* Set by the host where a sampler's decision can be made here; else nothing is dropped and the flags travel on. */
const volatile __u8 zs_sampling = 0;
const volatile __u8 zs_sampling_parent_based = 0; /* what a caller outside decided in its headers holds */
/* 2^56 × (1 − probability): a span is sampled if the randomness of its trace is not below. */
const volatile __u64 zs_sampling_threshold = 0;

/*
 * The same for max_overhead, a bound of what probes may cost. The host changes it while they run, so it is looked at where
 * a trace enters a process, and no more within. In a map of its own, because the host writes a map as a whole.
 */
SEC(".data.budget") volatile __u64 zs_budget_threshold = 0;

/* The threshold that lets no span begin: those that are open may end before the probe is detached. */
#define ZS_BUDGET_CLOSED (~0ull)

static __always_inline int zs_budget_closed(void)
{
	return zs_budget_threshold == ZS_BUDGET_CLOSED;
}

#define ZS_RANDOM_BITS 56

static __always_inline __u64 zs_randomness(const __u64 trace[2])
{
	return __builtin_bswap64(trace[1]) & ((1ull << ZS_RANDOM_BITS) - 1);
}

/* A span's flags, given those that its parent handed on. */
static __always_inline __u32 zs_sampling_flags(const __u64 trace[2], __u32 flags)
{
	if (!zs_sampling || flags & ZS_EVENT_LEFT_OUT || (zs_sampling_parent_based && flags & ZS_EVENT_DECIDED))
		return flags;
	flags &= ~ZS_EVENT_INHERITED; /* the decision is ours now */
	return zs_randomness(trace) < zs_sampling_threshold ? flags | ZS_EVENT_UNSAMPLED : flags;
}

static __always_inline int zs_sampled_out(__u32 flags)
{
	return flags & (zs_sampling ? ZS_EVENT_UNSAMPLED | ZS_EVENT_LEFT_OUT : ZS_EVENT_LEFT_OUT);
}

/* The same for a span that begins: whoever has to end it in our place must know whether it leaves a record. */
static __always_inline __u32 zs_frame_flags(const __u64 trace[2], __u32 inherited)
{
	__u32 flags = zs_sampling_flags(trace, inherited);

	return zs_sampled_out(flags) ? flags | ZS_EVENT_SILENT : flags;
}

/*
 * The same where a trace enters a process: the budget overrules whoever has decided for the trace. It goes by the trace
 * id too, so that processes under the same pressure leave out the same traces.
 */
static __always_inline __u32 zs_entering_flags(const __u64 trace[2], __u32 inherited)
{
	__u32 flags = zs_frame_flags(trace, inherited);

	if (flags & ZS_EVENT_SILENT || zs_randomness(trace) >= zs_budget_threshold)
		return flags;
	return (flags & ~ZS_EVENT_DECIDED) | ZS_EVENT_UNSAMPLED | ZS_EVENT_LEFT_OUT | ZS_EVENT_SILENT;
}

static __always_inline void zs_count_left_out(__u32 flags)
{
	if (flags & ZS_EVENT_LEFT_OUT)
		zs_count(ZS_LOST_BUDGET);
}
