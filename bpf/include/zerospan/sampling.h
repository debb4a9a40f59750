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

#define ZS_RANDOM_BITS 56

/* A span's flags, given those that its parent handed on. */
static __always_inline __u32 zs_sampling_flags(const __u64 trace[2], __u32 flags)
{
	__u64 random = __builtin_bswap64(trace[1]) & ((1ull << ZS_RANDOM_BITS) - 1);

	if (!zs_sampling || (zs_sampling_parent_based && flags & ZS_EVENT_DECIDED))
		return flags;
	flags &= ~ZS_EVENT_INHERITED; /* the decision is ours now */
	return random < zs_sampling_threshold ? flags | ZS_EVENT_UNSAMPLED : flags;
}

static __always_inline int zs_sampled_out(__u32 flags)
{
	return zs_sampling && flags & ZS_EVENT_UNSAMPLED;
}

/* The same for a span that begins: whoever has to end it in our place must know whether it leaves a record. */
static __always_inline __u32 zs_frame_flags(const __u64 trace[2], __u32 inherited)
{
	__u32 flags = zs_sampling_flags(trace, inherited);

	return zs_sampled_out(flags) ? flags | ZS_EVENT_SILENT : flags;
}
