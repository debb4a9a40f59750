/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Headers that a user has listed, as attributes of the span. They are read when it ends, in a buffer of their own. */
#pragma once

#include "header_map.h"

/* Set by the host: the lengths of the names that are captured on each side, a bit each. */
const volatile __u64 zs_capture_lengths[ZS_SIDES] = {};

#define ZS_CAPTURE_VALUES 4 /* of one header; who repeats it more often loses the rest, which is counted */
#define ZS_NAMED_TEXT_MAX (ZS_TEXT_MAX - ZS_NAME_BYTES)

/* Appends one value of a captured header: the Go string whose header lies at an address. */
__noinline int zs_attr_named(struct zs_slot *slot, __u32 id, __u32 index, __u64 address)
{
	struct zs_attr *attr;
	struct go_string text;
	__u32 size;
	__u64 *name;

	if (!slot || index >= ZS_CAPTURE_MAX || go_read(&text, sizeof(text), address))
		return 0;
	size = text.length > ZS_NAMED_TEXT_MAX ? ZS_NAMED_TEXT_MAX : text.length;
	attr = zs_attr_open(slot, ZS_NAME_BYTES + size);
	if (!attr)
		return 0;
	name = (__u64 *)(attr + 1);
	for (int i = 0; i < ZS_NAME_WORDS; i++)
		name[i] = zs_capture[index].name[i];
	asm volatile("%0 &= %1" : "+r"(size) : "i"(ZS_TEXT_MAX - 1));
	if (size > ZS_NAMED_TEXT_MAX || (size && go_read(name + ZS_NAME_WORDS, size, text.data)))
		return 0;
	zs_attr_close(slot, attr, id, ZS_ATTR_NAMED, text.length > ZS_NAMED_TEXT_MAX ? ZS_ATTR_CUT : 0,
		      ZS_NAME_BYTES + size);
	return 0;
}

static __always_inline void zs_capture_found(struct zs_slot *slot, struct zs_header_search *search, __u16 id)
{
	for (__u32 i = 0; i < ZS_CAPTURE_MAX; i++) {
		__u64 data = search->values[i].data, number = search->values[i].number;

		if (!data)
			continue;
		for (__u32 j = 0; j < ZS_CAPTURE_VALUES; j++)
			if (j < number)
				zs_attr_named(slot, id, i, data + j * sizeof(struct go_string));
		if (number > ZS_CAPTURE_VALUES)
			zs_count_by(ZS_LOST_RECORD_FULL, number - ZS_CAPTURE_VALUES);
	}
}

/* Appends the captured ones of a side's headers, whose map lies at an address. */
static __always_inline void zs_capture_headers(struct zs_slot *slot, enum zs_side side, __u64 map, __u16 id)
{
	struct zs_slot *scratch;

	if (!zs_capture_lengths[side] || !id || !map)
		return;
	scratch = zs_slot_claim();
	if (!scratch)
		return;
	zs_find_headers((struct zs_header_search *)scratch->data, map, zs_capture_lengths[side], 1 << side);
	zs_capture_found(slot, (struct zs_header_search *)scratch->data, id);
	zs_slot_release(scratch);
}

#define ZS_TRACESTATE_VALUES 4 /* headers of that name, which make one list */

/* Appends the tracestate of a request that had one when it began. */
static __always_inline void zs_attr_tracestate(struct zs_slot *slot, __u64 map, __u16 id)
{
	struct zs_slot *scratch = id && map ? zs_slot_claim() : 0;
	struct zs_header_search *search;

	if (!scratch)
		return;
	search = (struct zs_header_search *)scratch->data;
	zs_find_headers(search, map, 1 << 10, 0);
	for (__u32 i = 0; i < ZS_TRACESTATE_VALUES; i++)
		if (search->values[ZS_TRACESTATE].data && i < search->values[ZS_TRACESTATE].number)
			zs_attr_text_at(slot, id, search->values[ZS_TRACESTATE].data + i * sizeof(struct go_string));
	zs_slot_release(scratch);
}
