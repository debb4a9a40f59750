/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Hooks that only a configuration knows. One program serves many functions: the receiver says for each executable which
 * ones (io.zerospan.api.HookPlanner), the host finds their sites and leaves at each a plan, which the program looks up.
 * Each planned function has an event type of its own, and so a name, a kind and attributes, numbered from 1.
 *
 *	struct my_plan {
 *		struct zs_plan head;
 *		... what the receiver's planner wrote ...
 *	};
 *	ZS_PLANS(struct my_plan);
 *
 *	GO_START_PLANNED
 *	int planned_start(void *ctx)
 */
#pragma once

#include "plan.h"
#include "span.h"

/* At most one of each in an object. */
#define GO_START_PLANNED SEC("uprobe") ZS_TAG("zs:planned:start")
#define GO_RETURN_PLANNED SEC("uprobe") ZS_TAG("zs:planned:return")

/* Sites of one executable. A glob is meant for a handful of functions, and each has few returns. */
#define ZS_PLANS_MAX 4096

/* By a site's link-time address; allocated when needed. */
#define ZS_PLANS(plan)                                  \
	struct {                                        \
		__uint(type, BPF_MAP_TYPE_HASH);        \
		__uint(map_flags, BPF_F_NO_PREALLOC);   \
		__uint(max_entries, ZS_PLANS_MAX);      \
		__type(key, __u64);                     \
		__type(value, plan);                    \
	} zs_plans SEC(".maps")

/* The plan of the site that was hit, or null. Only for an object that has ZS_PLANS. */
#define zs_plan_here(ctx)                                                          \
	({                                                                         \
		__u64 site = bpf_get_attach_cookie(ctx) & ZS_COOKIE_ADDRESS;       \
		bpf_map_lookup_elem(&zs_plans, &site);                             \
	})

/* From here on the call's spans are those of the planned function. */
static __always_inline void zs_call_planned(struct zs_call *call, const struct zs_plan *plan)
{
	call->type = plan->type;
}
