/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Spans whose functions will never return: a panic passed through them, or their goroutine ends. Each leaves a record all
 * the same, without attributes: what the probe would have read at the end may not be there.
 */
#pragma once

#include "block.h"
#include "contexts.h"

static __always_inline void zs_abandon_frame(struct zs_entry *entry, __u32 index, __u8 end)
{
	struct zs_frame *frame = &entry->frames[index];
	struct zs_event event = {
		.abi = ZS_ABI,
		.type = frame->hook,
		.length = sizeof(event),
		.tgid = entry->key.tgid,
		.flags = (frame->flags & ZS_EVENT_TOLD) | ZS_EVENT_ABANDONED,
		.end = end,
		.goid = entry->key.id,
		.start_ns = frame->start_ns,
		.end_ns = bpf_ktime_get_ns(),
		.span_id = frame->span_id,
		.parent_id = index ? entry->frames[(index - 1) % ZS_STACK_MAX].span_id : entry->base_parent,
		.process_start_ns = entry->process_start_ns,
	};

	if (frame->flags & ZS_EVENT_ADOPTED)
		zs_entry_delete(frame->span_id, entry->key.tgid, ZS_KEY_ADOPTED);
	if (frame->flags & ZS_EVENT_SILENT)
		return;
	__builtin_memcpy(event.trace_id, entry->trace_id, sizeof(event.trace_id));
	if (bpf_ringbuf_output(&zs_events, &event, sizeof(event), BPF_RB_NO_WAKEUP))
		zs_count(ZS_LOST_RING_FULL);
}

/*
 * Gives up a goroutine's innermost spans, all but keep, and what they left for a server. Leaves the entry open for
 * writing. A function of its own, which is verified once: it is rarely called, and from many places.
 */
__noinline int zs_abandon(struct zs_entry *entry, __u32 keep, __u8 end)
{
	if (!entry || entry->depth <= keep)
		return 0;
	zs_write_begin(entry);
	for (int i = ZS_STACK_MAX - 1; i >= 0; i--)
		if (i >= keep && i < entry->depth)
			zs_abandon_frame(entry, i, end);
	if (entry->offer)
		zs_entry_delete(entry->offer, 0, ZS_KEY_CONNECTION);
	entry->offer = 0;
	entry->depth = keep;
	entry->overflow = 0; /* those were deeper still */
	return 0;
}

/*
 * Removes what a former process left under this key, and copies it into the slot; not 0 if it was there to remove. The host
 * does the same when it learns that a process has ended; whoever removes the entry tells, the other one finds none. What is
 * told comes from the copy, as the entry may be another key's as soon as it is removed.
 */
__noinline int zs_remove_former(struct zs_slot *slot, const struct zs_key *key, struct zs_entry *entry)
{
	struct zs_entry *copy;
	struct zs_key own;

	if (!slot || !key || !entry)
		return 0;
	own = *key; /* before Linux 6.2 a map takes no key from where a function's argument points */
	copy = (struct zs_entry *)zs_block_bytes(slot);
	*copy = *entry;
	if (!zs_key_equal(&copy->key, &own) || copy->process_start_ns == zs_process_start())
		return 0; /* removed by the host, and given away */
	return !bpf_map_delete_elem(&zs_contexts, &own);
}

/* Tells of the spans that a former process left open under this key. One call beside the other takes less stack. */
static __always_inline void zs_bury(struct zs_slot *slot, const struct zs_key *key, struct zs_entry *entry)
{
	if (zs_remove_former(slot, key, entry))
		zs_abandon((struct zs_entry *)zs_block_bytes(slot), 0, ZS_END_EXIT);
}

_Static_assert(sizeof(struct zs_entry) <= ZS_BLOCK_BYTES, "zs_remove_former's copy");
