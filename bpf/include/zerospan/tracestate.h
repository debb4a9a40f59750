/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * A trace's state, which W3C's tracestate brings with a request and which goes on with those that are sent for it. It is
 * kept under the id of the server's span until that ends, only where headers are written; who writes them finds it by the
 * offer. See tracestate_text.h for what is taken.
 */
#pragma once

#include "contexts.h"

/* Set by the host where traceparents are written. */
const volatile __u8 zs_keep_tracestate = 0;

/* The least that W3C wants to be carried (3.3.1.5), and what the host takes of it. */
#define ZS_TRACESTATE_MAX 512
/* Requests with a tracestate at once, of all programs: 2.4 MiB of kernel memory, where headers are written. The oldest goes. */
#define ZS_TRACESTATES_MAX 4096

struct zs_tracestate {
	__u64 span_id;
	__u32 length;
	__u32 zero;
	char text[ZS_TRACESTATE_MAX];
};

_Static_assert(sizeof(struct zs_tracestate) == 528, "shape of zs_tracestates");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, ZS_TRACESTATES_MAX); /* the host decides */
	__type(key, __u64); /* id of the server's span */
	__type(value, struct zs_tracestate);
} zs_tracestates SEC(".maps");

/* By which span's id the state is kept that goes with a goroutine's spans: its server's, on this goroutine or another. */
static __always_inline __u64 zs_tracestate_key(const struct zs_entry *entry)
{
	return entry->frames[0].flags & ZS_EVENT_TRACESTATE ? entry->frames[0].span_id : entry->base_parent;
}

static __always_inline struct zs_tracestate *zs_tracestate_find(__u64 span_id)
{
	return span_id ? bpf_map_lookup_elem(&zs_tracestates, &span_id) : 0;
}

/* An element that is given to another span while it is copied is noticed by its id. Answers the text's length, or 0. */
static __always_inline __u32 zs_tracestate_text(char *to, struct zs_tracestate *kept, __u64 span_id)
{
	__u32 length = kept->length;

	if (length > ZS_TRACESTATE_MAX || bpf_probe_read_kernel(to, ZS_TRACESTATE_MAX, kept->text) ||
	    zs_load(kept->span_id) != span_id)
		return 0;
	return length;
}

/* Into a record. Answers 0 if there is none. */
static __always_inline int zs_tracestate_tell(struct zs_slot *slot, __u64 span_id, __u16 id)
{
	struct zs_tracestate *kept = id ? zs_tracestate_find(span_id) : 0;
	struct zs_attr *attr = kept ? zs_attr_open(slot, ZS_TRACESTATE_MAX) : 0;
	__u32 length = attr ? zs_tracestate_text((char *)(attr + 1), kept, span_id) : 0;

	if (length)
		zs_attr_close(slot, attr, id, ZS_ATTR_TEXT, 0, length);
	return length;
}

/* For a server's span what its client's has led to within this host. Answers 0 if there is none. */
static __always_inline int zs_tracestate_copy(struct zs_slot *slot, __u64 from, __u64 to)
{
	struct zs_tracestate *copy = (struct zs_tracestate *)slot->data, *kept = zs_tracestate_find(from);

	if (!kept)
		return 0;
	copy->span_id = to;
	copy->zero = 0;
	copy->length = zs_tracestate_text(copy->text, kept, from);
	return copy->length && !bpf_map_update_elem(&zs_tracestates, &to, copy, BPF_ANY);
}

static __always_inline void zs_tracestate_forget(const struct zs_frame *frame)
{
	__u64 span_id = frame->span_id;

	if (zs_keep_tracestate && frame->flags & ZS_EVENT_TRACESTATE)
		bpf_map_delete_elem(&zs_tracestates, &span_id);
}
