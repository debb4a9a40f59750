/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Whose word counts: a span that is named by somebody who is not trusted is no parent, but a link. It is remembered under
 * the span's id until that ends.
 */
#pragma once

#include "pushed.h"
#include "span.h"

/* Set by the host. 0: everybody is trusted; else one more than there are networks that are. */
const volatile __u32 zs_trust = 0;
const volatile struct zs_network zs_trusted[ZS_TRUSTED_MAX] = {};

/* Whether the other end of a connection is trusted; null: it is not known. */
static __always_inline int zs_trusts(const struct zs_tuple *tuple)
{
	__u32 networks = zs_trust - 1;
	const __u64 *client;

	if (!zs_trust)
		return 1;
	if (!tuple)
		return 0;
	client = (const __u64 *)tuple->client;
	for (__u32 i = 0; i < ZS_TRUSTED_MAX; i++)
		if (i < networks && !((client[0] ^ zs_trusted[i].address[0]) & zs_trusted[i].mask[0]) &&
		    !((client[1] ^ zs_trusted[i].address[1]) & zs_trusted[i].mask[1]))
			return 1;
	return 0;
}

/* At the span's start: its entry and that of the link are open for writing one after the other. */
static __always_inline void zs_remember_link(struct zs_call *call, struct zs_frame *frame, const struct zs_parent *link)
{
	struct zs_key key = {.id = frame->span_id, .tgid = call->key.tgid, .kind = ZS_KEY_REMOTE};
	struct zs_entry *entry = zs_entry_new(&key);

	if (!entry)
		return;
	((__u64 *)entry->trace_id)[0] = link->trace[0];
	((__u64 *)entry->trace_id)[1] = link->trace[1];
	entry->owner_tgid = call->key.tgid;
	entry->frames[0].span_id = link->span_id;
	entry->frames[0].flags = link->flags;
	entry->depth = 1;
	zs_write_end(entry);
	frame->flags |= ZS_EVENT_LINKED;
}

/* Appends the link of a span that has one. */
static __always_inline void zs_attr_link(struct zs_call *call, const struct zs_frame *frame, __u16 id)
{
	struct zs_key key = {.id = frame->span_id, .tgid = call->key.tgid, .kind = ZS_KEY_REMOTE};
	struct zs_entry *entry = id && frame->flags & ZS_EVENT_LINKED ? zs_entry_find(&key) : 0;
	struct zs_attr *attr = entry ? zs_attr_open(call->slot, 32) : 0;
	__u64 *value;

	if (!attr)
		return;
	value = (__u64 *)(attr + 1);
	value[0] = ((__u64 *)entry->trace_id)[0];
	value[1] = ((__u64 *)entry->trace_id)[1];
	value[2] = entry->frames[0].span_id;
	value[3] = entry->frames[0].flags;
	zs_attr_close(call->slot, attr, id, ZS_ATTR_LINK, 0, 32);
}

/* In any case, when the span is over. */
static __always_inline void zs_forget_link(const struct zs_frame *frame, __u32 tgid)
{
	if (frame->flags & ZS_EVENT_LINKED)
		zs_entry_delete(frame->span_id, tgid, ZS_KEY_REMOTE);
}
