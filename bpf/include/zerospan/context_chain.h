/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The way from a context.Context to the span it was made in: a request's own context stands in zs_contexts, and the
 * contexts derived from it lead back to it, each holding its parent at an offset that depends on its type.
 */
#pragma once

#include "contexts.h"

/* Contexts wrapped in one another; deeper chains are unheard of, and each step costs two reads. */
#define ZS_CHAIN_MAX 32

/*
 * Types that wrap a context, as a hash table that the host fills without collisions. A type that is not in it ends the
 * walk: what lies behind it is not known to be a context.
 */
#define ZS_CONTEXT_TYPES 64
struct zs_context_type {
	__u64 type;
	__u64 parent; /* offset of the wrapped interface */
};
const volatile struct zs_context_type zs_context_types[ZS_CONTEXT_TYPES] = {};
const volatile __u64 zs_context_types_factor = 0;

/* The entry that a context leads to, and its key; null if there is none. */
static __always_inline struct zs_entry *zs_entry_of_context(struct go_interface context, __u32 tgid, __u64 bias,
							    struct zs_key *key)
{
	for (int i = 0; i < ZS_CHAIN_MAX; i++) {
		struct zs_entry *entry;
		__u64 type;
		__u32 at;

		if (!context.itab || !context.data)
			return 0;
		*key = (struct zs_key){.id = context.data, .tgid = tgid, .kind = ZS_KEY_CONTEXT};
		entry = zs_entry_find(key);
		/* not one that a former process with this pid left at the same address */
		if (entry && zs_load(entry->process_start_ns) == zs_process_start())
			return entry;
		type = go_dynamic_type(context.itab, bias);
		at = (type * zs_context_types_factor) >> 58;
		if (!type || at >= ZS_CONTEXT_TYPES || zs_context_types[at].type != type)
			return 0;
		if (go_read(&context, sizeof(context), context.data + zs_context_types[at].parent))
			return 0;
	}
	return 0;
}

static __always_inline int zs_parent_of_context(struct go_interface context, __u32 tgid, __u64 bias,
						struct zs_parent *parent)
{
	struct zs_key key;
	struct zs_entry *entry = zs_entry_of_context(context, tgid, bias, &key);

	return entry && zs_entry_read(entry, &key, parent);
}
