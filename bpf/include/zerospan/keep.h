/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * A text from the start of a span to its end. An argument of a Go function may be gone when the function returns: the
 * collector takes what nobody needs any more, and something else may stand there. So it is copied at the start.
 * Include it beside probe.bpf.h; the map costs 4 MiB for each executable.
 */
#pragma once

#include "span.h"

/*
 * Spans with a text that are open at once. The oldest goes first: those that a panic or a killed process left behind.
 * Pools of connections are smaller by far; the rest is room for the free lists that each CPU has of its own.
 */
#define ZS_KEPT_MAX 4096

struct zs_kept {
	__u64 word;	/* whatever else the probe wants to find again */
	__u64 length;	/* of the whole text; 0: it could not be read */
	__u8 text[ZS_TEXT_MAX];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, ZS_KEPT_MAX);
	__type(key, __u64); /* span id */
	__type(value, struct zs_kept);
} zs_kept_texts SEC(".maps");

/* Keeps a Go string and a word for the end of a span that has just begun. */
static __always_inline void zs_keep(struct zs_call *call, __u64 span_id, __u64 word, struct go_string text)
{
	struct zs_kept *kept = (struct zs_kept *)call->slot->data; /* no record is being built at a start */
	__u32 size = text.length > ZS_TEXT_MAX ? ZS_TEXT_MAX : text.length;

	kept->word = word;
	kept->length = text.length;
	asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_TEXT_MAX - 1));
	if (!size || size > ZS_TEXT_MAX || go_read(kept->text, size, text.data))
		kept->length = 0;
	if (bpf_map_update_elem(&zs_kept_texts, &span_id, kept, BPF_ANY))
		zs_count(ZS_LOST_READ);
}

/* What was kept for a span, or null. The caller drops it when the record is written. */
static __always_inline struct zs_kept *zs_kept_of(__u64 span_id)
{
	return bpf_map_lookup_elem(&zs_kept_texts, &span_id);
}

static __always_inline void zs_kept_drop(__u64 span_id)
{
	bpf_map_delete_elem(&zs_kept_texts, &span_id);
}

/* Appends the text that was kept. */
static __always_inline void zs_attr_kept(struct zs_slot *slot, __u16 id, struct zs_kept *kept)
{
	__u32 size = kept->length > ZS_TEXT_MAX ? ZS_TEXT_MAX : kept->length;
	struct zs_attr *attr;

	if (!id || !size)
		return;
	attr = zs_attr_open(slot, size);
	if (!attr)
		return;
	asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_TEXT_MAX - 1));
	if (size > ZS_TEXT_MAX || bpf_probe_read_kernel(attr + 1, size, kept->text))
		return;
	zs_attr_close(slot, attr, id, ZS_ATTR_TEXT, kept->length > ZS_TEXT_MAX ? ZS_ATTR_CUT : 0, size);
}
