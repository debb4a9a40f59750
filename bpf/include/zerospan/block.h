/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Several fields of one Go object in one read: it costs as much as two or three reads of a field. Which bytes these are
 * depends on the binary's offsets, and the verifier knows them.
 *
 *	struct zs_block block = ZS_BLOCK;
 *	zs_block_field(&block, req_method, sizeof(struct go_string));
 *	zs_block_field(&block, req_tls, sizeof(__u64));
 *	zs_block_read(slot, &block, request);
 *	zs_block_string(slot, &block, req_method, &method);
 *
 * Where the fields lie too far apart, or a page of the block is missing, each is read by itself: what can't be read takes
 * nothing along.
 */
#pragma once

#include "record.h"

/*
 * Room for a block: a net/http.Request has 304 bytes. It lies where the verifier believes that a record may end, and none
 * ever does, see ZS_SLACK.
 */
#define ZS_BLOCK_BYTES 320
#define zs_block_bytes(slot) ((slot)->data + ZS_RECORD_MAX)

_Static_assert(ZS_BLOCK_BYTES <= ZS_SLACK, "lies behind records");

struct zs_block {
	__u64 object;
	__u32 low, high; /* offsets in the object */
	__u32 whole;	 /* lies in the slot */
};

#define ZS_BLOCK ((struct zs_block){.low = ZS_NO_FIELD})

/* The field is wanted, if the binary has it. */
static __always_inline void zs_block_field(struct zs_block *block, __u32 offset, __u32 size)
{
	if (offset == ZS_NO_FIELD)
		return;
	if (offset < block->low)
		block->low = offset;
	if (offset + size > block->high)
		block->high = offset + size;
}

static __always_inline void zs_block_read(struct zs_slot *slot, struct zs_block *block, __u64 object)
{
	__u32 size = block->high - block->low;

	block->object = object;
	/* that it fails is counted with the field that is missing */
	block->whole = size <= ZS_BLOCK_BYTES &&
		       !bpf_probe_read_user(zs_block_bytes(slot), size, (const void *)(object + block->low));
}

static __always_inline int zs_block_words(struct zs_slot *slot, const struct zs_block *block, __u32 offset, __u64 *to,
					  int words)
{
	__u32 at = offset - block->low;

	if (!block->whole || at + words * sizeof(__u64) > ZS_BLOCK_BYTES)
		return go_read(to, words * sizeof(__u64), block->object + offset);
	for (int i = 0; i < words; i++)
		to[i] = *(__u64 *)(zs_block_bytes(slot) + at + i * sizeof(__u64));
	return 0;
}

static __always_inline int zs_block_word(struct zs_slot *slot, const struct zs_block *block, __u32 offset, __u64 *to)
{
	return zs_block_words(slot, block, offset, to, 1);
}

static __always_inline int zs_block_string(struct zs_slot *slot, const struct zs_block *block, __u32 offset,
					   struct go_string *to)
{
	return zs_block_words(slot, block, offset, &to->data, 2);
}

static __always_inline int zs_block_interface(struct zs_slot *slot, const struct zs_block *block, __u32 offset,
					      struct go_interface *to)
{
	return zs_block_words(slot, block, offset, &to->itab, 2);
}

/* Appends the Go string that is a field of the object; answers less than 0 if there is one that can't be read. */
static __always_inline int zs_attr_text_in(struct zs_slot *slot, __u16 id, const struct zs_block *block, __u32 offset)
{
	struct go_string text;

	if (!id)
		return 0;
	return zs_block_string(slot, block, offset, &text) ? -1 : zs_attr_text(slot, id, text.data, text.length);
}
