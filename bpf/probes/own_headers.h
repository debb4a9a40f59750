/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What the application itself has put into a request's headers. A trace header of its own stays as it is, and the client's
 * span joins the trace that it names; only a request without one gets one of ours. Nothing is looked at where nothing is
 * written.
 */
#pragma once

/* Set by the host: enum zs_out_format, 0 where no way of writing is in use. */
const volatile __u32 zs_out_formats = 0;

/* Whatever kind of trace header it is: all formats that we know. */
#define OWN_FORMATS (ZS_FORMAT_TRACECONTEXT | ZS_FORMAT_B3 << 8 | ZS_FORMAT_B3_MULTI << 16 | ZS_FORMAT_JAEGER << 24)

/* A span that has joined another trace than its goroutine's; where that stands, by the span's id. */
static __always_inline struct zs_key adopted_key(const struct zs_call *call, __u64 span_id)
{
	return (struct zs_key){.id = span_id, .tgid = call->key.tgid, .kind = ZS_KEY_ADOPTED};
}

/* Of two in one trace the span's own parent is nearer: a proxy passes headers on as they came. */
static __always_inline void adopt(struct zs_call *call, struct zs_frame *frame, const struct zs_parent *named,
				  struct zs_outgoing *out)
{
	struct zs_key key = adopted_key(call, frame->span_id);
	__u32 left_out = frame->flags & ZS_EVENT_LEFT_OUT;
	struct zs_entry *entry;

	if (!named->span_id || (named->trace[0] == out->trace[0] && named->trace[1] == out->trace[1]))
		return;
	entry = zs_entry_new(&key);
	if (!entry)
		return;
	__builtin_memcpy(entry->trace_id, named->trace, sizeof(entry->trace_id));
	entry->base_parent = named->span_id;
	entry->owner_tgid = call->key.tgid;
	zs_write_end(entry);
	out->trace[0] = named->trace[0];
	out->trace[1] = named->trace[1];
	zs_write_begin(call->entry);
	frame->flags = zs_frame_flags(named->trace, (named->flags & ZS_EVENT_INHERITED) | left_out) | ZS_EVENT_ADOPTED;
	zs_write_end(call->entry);
}

/* What goes along with a request, that of the span frame, which is the goroutine's innermost. */
static __always_inline struct zs_outgoing outgoing(struct zs_call *call, struct zs_frame *frame, __u64 request)
{
	struct zs_header_search *search = (struct zs_header_search *)call->slot->data;
	struct zs_outgoing out = zs_plain(call);
	struct zs_parent named = {};
	int outcome;

	if (!zs_out_formats)
		return out;
	outcome = zs_first_named(call->slot, go_read_pointer(request + req_header), OWN_FORMATS, &named);
	if (outcome == ZS_HEADER_VALID)
		adopt(call, frame, &named, &out);
	if (outcome != ZS_HEADER_ABSENT)
		zs_count(ZS_OUT_APPLICATION_OWN_HEADER);
	else if (search->missed)
		zs_count(ZS_OUT_APPLICATION_OWN_UNKNOWN);
	else
		out.formats = zs_out_formats;
	return out;
}

/* Into the span's record, right behind zs_span_record. */
static __always_inline void tell_adopted(struct zs_call *call, const struct zs_frame *frame)
{
	struct zs_event *event = (struct zs_event *)call->slot->data;
	struct zs_key key = adopted_key(call, frame->span_id);
	struct zs_entry *entry = zs_out_formats && frame->flags & ZS_EVENT_ADOPTED ? zs_entry_find(&key) : 0;

	if (!entry)
		return;
	__builtin_memcpy(event->trace_id, entry->trace_id, sizeof(event->trace_id));
	event->parent_id = entry->base_parent;
	event->flags |= ZS_EVENT_REMOTE_PARENT;
}

/* At the span's end. */
static __always_inline void forget_adopted(struct zs_call *call, const struct zs_frame *frame)
{
	if (zs_out_formats && frame->flags & ZS_EVENT_ADOPTED)
		zs_entry_delete(frame->span_id, call->key.tgid, ZS_KEY_ADOPTED);
}

/* The span of a further attempt of the same request stays in the trace that the former one's joined. */
static __always_inline void keep_adopted(struct zs_call *call, const struct zs_frame *frame, __u64 former)
{
	struct zs_key from = adopted_key(call, former), to = adopted_key(call, frame->span_id);
	struct zs_entry *old = zs_out_formats && frame->flags & ZS_EVENT_ADOPTED ? zs_entry_find(&from) : 0;
	struct zs_entry *entry = old ? zs_entry_new(&to) : 0;

	if (!old)
		return;
	if (entry) {
		__builtin_memcpy(entry->trace_id, old->trace_id, sizeof(entry->trace_id));
		entry->base_parent = old->base_parent;
		entry->owner_tgid = call->key.tgid;
		zs_write_end(entry);
	}
	zs_entry_delete(former, call->key.tgid, ZS_KEY_ADOPTED);
}
