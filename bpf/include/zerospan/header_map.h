/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Finds headers in a net/http.Header, a map[string][]string. The map is walked once, whatever its hash: keys are
 * canonical, and a key's length is compared before its bytes are read. What is found is only remembered here: headers.h
 * reads and decodes it behind the loops.
 *
 * The verifier follows neither what lies in a map's memory nor, beyond its arguments, a global function. So the walk's
 * position is kept in the scratch slot, and what a step looks at is a function of its own: all rounds of a loop look
 * alike and are verified once. Inlined, the verifier gives up after a million instructions.
 *
 * A table is read in one go. In 1 of 16 requests of nine headers that fails: the table's end, never written, lies on a
 * fresh page, which is not there yet. Then the slots in use are read one by one, and only an entry that the map counts
 * and nobody saw is a loss.
 */
#pragma once

#include "header_names.h"

/* Set by the host: Go 1.24 and later make maps of Swiss tables, unless built with GOEXPERIMENT=noswissmap. */
const volatile __u8 zs_swiss_maps = 0;

/*
 * Requests with more headers are not looked through: 128 slots are room for at least 100, and what a real client sends
 * is below 40. Beyond 1024 slots a Swiss map has several tables, which are not looked at either.
 */
#define ZS_GROUPS_MAX 16  /* Swiss: groups in the table */
#define ZS_BUCKETS_MAX 32 /* classic: buckets with their overflow buckets */
#define ZS_BUCKET_BITS_MAX 5

/* What of a group is in use, where it could not be read as a whole. Programs' functions must answer something. */
__noinline int zs_read_used_slots(struct zs_header_search *search, __u32 index)
{
	struct zs_swiss_group *group;
	__u64 from;

	if (!search)
		return 0;
	group = &search->swiss[index % ZS_GROUPS_READ];
	from = search->next + index * sizeof(*group);
	if (go_try_read(group->control, sizeof(group->control), from)) {
		__builtin_memset(group->control, 0x80, sizeof(group->control));
		return 0;
	}
	from += sizeof(group->control);
	for (int i = 0; i < ZS_MAP_SLOTS; i++)
		if (!(group->control[i] & 0x80) &&
		    go_try_read(&group->slots[i], sizeof(group->slots[i]), from + i * sizeof(group->slots[i])))
			group->control[i] = 0x80;
	return 0;
}

/* One of the groups that have been read. */
__noinline int zs_look_at_group(struct zs_header_search *search, __u32 index)
{
	struct zs_swiss_group *group;
	__u64 used; /* the highest bit of a slot's byte */

	if (!search)
		return 0;
	group = &search->swiss[index % ZS_GROUPS_READ];
	used = ~*(__u64 *)group->control & ZS_EACH(0x80);
	search->seen += (used >> 7) * ZS_EACH(1) >> 56;
	for (int i = 0; i < ZS_MAP_SLOTS; i++)
		if (used & 0x80ull << 8 * i)
			zs_look_at_key(search, &group->slots[i].key, &group->slots[i].value);
	return 0;
}

/* The next groups, as many as are left and fit. */
__noinline int zs_look_at_groups(struct zs_header_search *search)
{
	__u64 number, size;
	int pieces;

	if (!search)
		return 0;
	number = search->left > ZS_GROUPS_READ ? ZS_GROUPS_READ : search->left;
	size = number * sizeof(struct zs_swiss_group);
	asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_RECORD_MAX - 1));
	pieces = size > sizeof(search->swiss) || go_try_read(search->swiss, size, search->next);
	for (__u32 i = 0; i < ZS_GROUPS_READ; i++) {
		if (i >= number)
			break;
		if (pieces)
			zs_read_used_slots(search, i);
		zs_look_at_group(search, i);
	}
	search->next += size;
	search->left -= size / sizeof(struct zs_swiss_group);
	return 0;
}

/* internal/runtime/maps.Map: used, seed, dirPtr, dirLen. Up to 8 entries dirPtr is the one group. */
static __always_inline void zs_walk_swiss(struct zs_header_search *search, __u64 map)
{
	struct {
		__u64 used, seed, directory, length;
	} head;
	struct {
		__u64 data, mask;
	} groups = {};

	search->missed = 1;
	if (go_read(&head, sizeof(head), map))
		return;
	groups.data = head.directory;
	/* table: used, capacity, growthLeft, localDepth, index, groups */
	if (head.used && head.length == 1 && go_read(&groups, sizeof(groups), go_read_pointer(head.directory) + 16))
		return;
	if (head.length > 1 || groups.mask >= ZS_GROUPS_MAX) {
		zs_count(ZS_LOST_HEADERS);
		return;
	}
	search->missed = 0;
	if (!head.used)
		return;
	search->next = groups.data;
	search->left = groups.mask + 1;
	for (int i = 0; i < ZS_GROUPS_MAX / ZS_GROUPS_READ && search->left; i++)
		zs_look_at_groups(search);
	if (search->seen < head.used) {
		search->missed = 1;
		zs_count(ZS_LOST_READ);
	}
}

/* What of a bucket is in use, where it could not be read as a whole. */
__noinline int zs_read_used_entries(struct zs_header_search *search, __u64 from)
{
	struct zs_classic_bucket *bucket;

	if (!search)
		return 0;
	bucket = &search->classic;
	bucket->overflow = 0;
	if (go_try_read(bucket->tophash, sizeof(bucket->tophash), from)) {
		__builtin_memset(bucket->tophash, 0, sizeof(bucket->tophash));
		return 0;
	}
	go_try_read(&bucket->overflow, sizeof(bucket->overflow), from + __builtin_offsetof(struct zs_classic_bucket, overflow));
	for (int i = 0; i < ZS_MAP_SLOTS; i++) {
		__u64 key = from + __builtin_offsetof(struct zs_classic_bucket, keys) + i * sizeof(bucket->keys[0]);
		__u64 value = from + __builtin_offsetof(struct zs_classic_bucket, values) + i * sizeof(bucket->values[0]);

		if (bucket->tophash[i] >= ZS_TOPHASH_USED &&
		    (go_try_read(&bucket->keys[i], sizeof(bucket->keys[i]), key) ||
		     go_try_read(&bucket->values[i], sizeof(bucket->values[i]), value)))
			bucket->tophash[i] = 0;
	}
	return 0;
}

__noinline int zs_look_at_bucket(struct zs_header_search *search, __u64 bucket)
{
	if (!search)
		return 0;
	if (go_try_read(&search->classic, sizeof(search->classic), bucket))
		zs_read_used_entries(search, bucket);
	search->chain = search->classic.overflow;
	for (int i = 0; i < ZS_MAP_SLOTS; i++)
		if (search->classic.tophash[i] >= ZS_TOPHASH_USED) {
			search->seen++;
			zs_look_at_key(search, &search->classic.keys[i], &search->classic.values[i]);
		}
	return 0;
}

/* Buckets of a classic map, and the overflow buckets behind each. Answers less than 0 if they are too many. */
static __always_inline int zs_walk_buckets(struct zs_header_search *search, __u64 buckets, __u64 number)
{
	search->chain = 0;
	search->next = buckets;
	search->left = number;
	for (int i = 0; i < ZS_BUCKETS_MAX; i++) {
		if (search->chain) {
			zs_look_at_bucket(search, search->chain);
			continue;
		}
		if (!search->left)
			return 0;
		zs_look_at_bucket(search, search->next);
		search->next += sizeof(struct zs_classic_bucket);
		search->left--;
	}
	return search->left || search->chain ? -1 : 0;
}

/* runtime.hmap: count, flags, B, noverflow, hash0, buckets, oldbuckets */
static __always_inline void zs_walk_classic(struct zs_header_search *search, __u64 map)
{
	struct {
		__u64 count;
		__u8 flags, bits;
		__u16 overflows;
		__u32 hash0;
		__u64 buckets, old_buckets;
	} head;
	__u8 old_bits;
	int walked = 0;

	search->missed = 1;
	if (go_read(&head, sizeof(head), map))
		return;
	if (head.bits > ZS_BUCKET_BITS_MAX) {
		zs_count(ZS_LOST_HEADERS);
		return;
	}
	search->missed = 0;
	if (!head.count)
		return;
	/* a map that grows moves a bucket or two with each write: the rest is still where it was */
	old_bits = head.flags & ZS_SAME_SIZE_GROW ? head.bits : head.bits - 1;
	if (head.old_buckets)
		walked = zs_walk_buckets(search, head.old_buckets, 1ull << (old_bits & 7));
	walked |= zs_walk_buckets(search, head.buckets, 1ull << head.bits);
	if (walked >= 0 && search->seen >= head.count)
		return;
	search->missed = 1;
	zs_count(walked < 0 ? ZS_LOST_HEADERS : ZS_LOST_READ);
}

/*
 * Remembers where those headers of a net/http.Header lie whose names have one of the lengths in wanted: those of trace
 * formats, or of a side the captured ones.
 */
static __always_inline void zs_find_headers(struct zs_header_search *search, __u64 map, __u64 wanted, __u32 side)
{
	search->side = side;
	search->wanted = wanted;
	search->seen = 0;
	search->missed = 0;
	__builtin_memset(search->values, 0, sizeof(search->values));
	if (!map)
		return;
	if (zs_swiss_maps)
		zs_walk_swiss(search, map);
	else
		zs_walk_classic(search, map);
}
