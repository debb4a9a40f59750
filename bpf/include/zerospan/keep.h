/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Attributes from the start of a span to its end. An argument of a Go function may be gone when the function returns: the
 * collector takes what nobody needs any more, and something else may stand there. So it is copied at the start.
 * Include it beside probe.bpf.h; the map costs 7 MiB for each executable.
 *
 *	frame = zs_span_start(&call, context);
 *	if (frame && zs_span_wanted(frame)) {
 *		zs_keep_begin(&call);
 *		... zs_attr_text(call.slot, attr_item, ...) ...
 *		zs_keep(&call, frame->span_id);
 *	}
 */
#pragma once

#include "span.h"

/*
 * Spans that are open at once and have something kept. The oldest goes first: those that a panic or a killed process left
 * behind. Pools of connections are smaller by far; the rest is room for the free lists that each CPU has of its own.
 */
#define ZS_KEPT_MAX 4096
/* Room for one text of full length, two names of 256 bytes, an address and some numbers. */
#define ZS_KEPT_BYTES 1664

struct zs_kept {
	__u64 span_id;
	__u32 length; /* of what follows */
	__u32 attrs;  /* as many */
	__u8 attributes[ZS_KEPT_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, ZS_KEPT_MAX);
	__type(key, __u64); /* span id */
	__type(value, struct zs_kept);
} zs_kept_attributes SEC(".maps");

/* At a span's start, when no record is being built: what is appended to the slot from here on is meant for its end. */
static __always_inline void zs_keep_begin(struct zs_call *call)
{
	struct zs_event *event = (struct zs_event *)call->slot->data;

	event->attrs = 0;
	call->slot->position = sizeof(*event);
}

/* Keeps what was appended. */
static __always_inline void zs_keep(struct zs_call *call, __u64 span_id)
{
	struct zs_event *event = (struct zs_event *)call->slot->data;
	__u32 length = call->slot->position - sizeof(*event);
	/* right before the attributes; the event's last fields have no value yet */
	struct zs_kept *kept =
		(struct zs_kept *)(call->slot->data + sizeof(*event) - __builtin_offsetof(struct zs_kept, attributes));
	__u32 attrs = event->attrs;

	if (length > ZS_KEPT_BYTES) {
		zs_count(ZS_LOST_RECORD_FULL);
		return;
	}
	kept->span_id = span_id;
	kept->length = length;
	kept->attrs = attrs;
	if (bpf_map_update_elem(&zs_kept_attributes, &span_id, kept, BPF_ANY))
		zs_count(ZS_LOST_READ);
}

/*
 * At the span's end, right behind zs_span_record: appends what was kept, and forgets it. Answers 0 if nothing was. An
 * element that is given to another span while it is copied is noticed by its id.
 */
static __always_inline int zs_attr_kept(struct zs_call *call, __u64 span_id)
{
	struct zs_kept *kept = bpf_map_lookup_elem(&zs_kept_attributes, &span_id);
	struct zs_event *event = (struct zs_event *)call->slot->data;
	__u32 length, attrs;

	if (!kept)
		return 0;
	length = kept->length;
	attrs = kept->attrs;
	asm volatile("%0 &= %1" : "+r"(length) : "i"(2047));
	if (length > ZS_KEPT_BYTES || call->slot->position != sizeof(*event) ||
	    bpf_probe_read_kernel(call->slot->data + sizeof(*event), length, kept->attributes) ||
	    zs_load(kept->span_id) != span_id)
		return 0;
	bpf_map_delete_elem(&zs_kept_attributes, &span_id);
	call->slot->position += length;
	event->attrs = attrs;
	return 1;
}
