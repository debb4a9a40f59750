/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Short texts that stand in the program itself, as patterns of routes mostly do: each is read once
 * and then known by where it lies. An element is filled once and stays as it is; who finds it taken reads his own text each
 * time.
 */
#pragma once

#include "block.h"
#include "contexts.h"

#define ZS_FIXED_TEXTS 128
#define ZS_FIXED_WORDS 4
#define ZS_FIXED_BYTES (ZS_FIXED_WORDS * 8)

struct zs_fixed_text {
	volatile __u64 place; /* address and length; 0: free */
	volatile __u64 word[ZS_FIXED_WORDS];
	__u32 fence, zero;
};

struct zs_fixed_text zs_fixed_texts[ZS_FIXED_TEXTS] = {};

#define ZS_FIXED_CLAIMED 1ull

static __always_inline void zs_remember_fixed(struct zs_fixed_text *fixed, __u64 place, const __u64 *text)
{
	if (__sync_val_compare_and_swap(&fixed->place, 0, ZS_FIXED_CLAIMED))
		return;
	for (int i = 0; i < ZS_FIXED_WORDS; i++)
		fixed->word[i] = text[i];
	zs_fence(fixed);
	fixed->place = place;
}

/* Like zs_attr_text. A program that lies somewhere else in each process has another text there. */
static __always_inline int zs_attr_fixed_text(struct zs_slot *slot, __u16 id, __u64 data, __u64 length)
{
	struct zs_fixed_text *fixed = &zs_fixed_texts[(data ^ data >> 7) % ZS_FIXED_TEXTS];
	__u64 place = data << 8 | length, *text;
	__u32 size = length;
	struct zs_attr *attr;

	if (!id || !data || !length || length > ZS_FIXED_BYTES || zs_pie)
		return zs_attr_text(slot, id, data, length);
	attr = zs_attr_open(slot, length);
	if (!attr)
		return 0;
	text = (__u64 *)(attr + 1);
	if (fixed->place == place) {
		zs_fence(fixed);
		for (int i = 0; i < ZS_FIXED_WORDS; i++)
			text[i] = fixed->word[i];
	} else {
		asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_FIXED_BYTES - 1));
		if (go_read(text, size, data))
			return -1;
		if (!fixed->place && zs_is_read_only(data) && zs_is_read_only(data + length - 1))
			zs_remember_fixed(fixed, place, text);
	}
	zs_attr_close(slot, attr, id, ZS_ATTR_TEXT, 0, length);
	return 0;
}

/* The same of a string that is a field of the object. */
static __always_inline int zs_attr_fixed_text_in(struct zs_slot *slot, __u16 id, const struct zs_block *block, __u32 offset)
{
	struct go_string text;

	if (!id)
		return 0;
	return zs_block_string(slot, block, offset, &text) ? -1 : zs_attr_fixed_text(slot, id, text.data, text.length);
}
