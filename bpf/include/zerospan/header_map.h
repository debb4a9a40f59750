/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Finds headers in a net/http.Header, a map[string][]string. The map is walked once, whatever its hash: keys are
 * canonical, and a key's length is compared before its bytes are read. What is found is only remembered here: headers.h
 * reads and decodes it behind the loops.
 *
 * The verifier follows neither what lies in a map's memory nor, beyond its arguments, a global function. So the walk's
 * position is kept in the scratch slot, and what a step looks at is a function of its own: all rounds of a loop look
 * alike and are verified once. Inlined, the verifier gives up after a million instructions.
 */
#pragma once

#include "contexts.h"
#include "hex.h"

/* Set by the host: Go 1.24 and later make maps of Swiss tables, unless built with GOEXPERIMENT=noswissmap. */
const volatile __u8 zs_swiss_maps = 0;

enum zs_header {
	ZS_TRACEPARENT,
	ZS_B3,
	ZS_B3_TRACE_ID,
	ZS_B3_SPAN_ID,
	ZS_B3_SAMPLED,
	ZS_B3_FLAGS,
	ZS_HEADERS,
};

/*
 * Requests with more headers are not looked through: 128 slots are room for at least 100, and what a real client sends
 * is below 40. Beyond 1024 slots a Swiss map has several tables, which are not looked at either.
 */
#define ZS_GROUPS_MAX 16  /* Swiss: groups in the table, */
#define ZS_GROUPS_READ 8  /* so many of them in one read */
#define ZS_BUCKETS_MAX 32 /* classic: buckets with their overflow buckets */
#define ZS_BUCKET_BITS_MAX 5

#define ZS_MAP_SLOTS 8

/* A group of a Swiss map: internal/runtime/maps/group.go, go1.24.. */
struct zs_swiss_group {
	__u8 control[ZS_MAP_SLOTS]; /* bit 7 clear: the slot is in use */
	struct {
		struct go_string key;
		struct go_slice value;
	} slots[ZS_MAP_SLOTS];
};

/* A bucket of a classic map: runtime/map.go, ..go1.23 */
struct zs_classic_bucket {
	__u8 tophash[ZS_MAP_SLOTS]; /* below 5: empty, or moved to the new buckets */
	struct go_string keys[ZS_MAP_SLOTS];
	struct go_slice values[ZS_MAP_SLOTS];
	__u64 overflow;
};

#define ZS_TOPHASH_USED 5
/* In hmap.flags: the new buckets are as many as the old ones. */
#define ZS_SAME_SIZE_GROW 8

_Static_assert(sizeof(struct zs_swiss_group) == 328, "a group of a map[string][]string");
_Static_assert(sizeof(struct zs_classic_bucket) == 336, "a bucket of a map[string][]string");

/* Longest value that is decoded, b3 with all its parts, and room for the verifier's mask. */
#define ZS_HEADER_TEXT_MAX 128

/* Lies in the scratch slot, where no record is being built at a span's start. */
struct zs_header_search {
	__u64 wanted;		  /* by length of the name, a bit each */
	struct {
		__u64 data, number; /* of the []string; data 0: not there */
	} values[ZS_HEADERS];
	__u64 next, left;	  /* the next group, or bucket of the array, and how many there are */
	__u64 chain;		  /* classic: the next overflow bucket */
	__u64 missed;		  /* some of it could not be looked at */
	struct zs_parent parent;  /* what headers.h made of it */
	union {
		struct zs_swiss_group swiss[ZS_GROUPS_READ];
		struct zs_classic_bucket classic;
		__u64 text[ZS_HEADER_TEXT_MAX / 8];
	};
};

_Static_assert(sizeof(struct zs_header_search) <= ZS_RECORD_MAX, "lies where records do");

/* Which header a name of up to 15 characters is; ZS_HEADERS: none of ours. */
static __always_inline enum zs_header zs_header_named(__u64 first, __u64 rest)
{
	if (first == ZS_CHARS('T', 'r', 'a', 'c', 'e', 'p', 'a', 'r') && rest == ZS_CHARS('e', 'n', 't', 0, 0, 0, 0, 0))
		return ZS_TRACEPARENT;
	if (first == ZS_CHARS('B', '3', 0, 0, 0, 0, 0, 0))
		return ZS_B3;
	if (first == ZS_CHARS('X', '-', 'B', '3', '-', 'T', 'r', 'a') && rest == ZS_CHARS('c', 'e', 'i', 'd', 0, 0, 0, 0))
		return ZS_B3_TRACE_ID;
	if (first == ZS_CHARS('X', '-', 'B', '3', '-', 'S', 'p', 'a') && rest == ZS_CHARS('n', 'i', 'd', 0, 0, 0, 0, 0))
		return ZS_B3_SPAN_ID;
	if (first == ZS_CHARS('X', '-', 'B', '3', '-', 'S', 'a', 'm') && rest == ZS_CHARS('p', 'l', 'e', 'd', 0, 0, 0, 0))
		return ZS_B3_SAMPLED;
	if (first == ZS_CHARS('X', '-', 'B', '3', '-', 'F', 'l', 'a') && rest == ZS_CHARS('g', 's', 0, 0, 0, 0, 0, 0))
		return ZS_B3_FLAGS;
	return ZS_HEADERS;
}

static __always_inline void zs_look_at_key(struct zs_header_search *search, const struct go_string *key,
					   const struct go_slice *values)
{
	__u64 name[2] = {}, length = key->length;
	enum zs_header header;

	if (length >= sizeof(name) || !(search->wanted >> length & 1))
		return;
	if (go_read(name, length & (sizeof(name) - 1), key->data)) {
		search->missed = 1;
		return;
	}
	header = zs_header_named(name[0], name[1]);
	if (header == ZS_HEADERS || !values->length)
		return;
	search->values[header].data = values->data;
	search->values[header].number = values->length;
}

/* One of the groups that have been read. Programs' functions must answer something. */
__noinline int zs_look_at_group(struct zs_header_search *search, __u32 index)
{
	struct zs_swiss_group *group;

	if (!search)
		return 0;
	group = &search->swiss[index % ZS_GROUPS_READ];
	for (int i = 0; i < ZS_MAP_SLOTS; i++)
		if (!(group->control[i] & 0x80))
			zs_look_at_key(search, &group->slots[i].key, &group->slots[i].value);
	return 0;
}

/* The next groups, as many as are left and fit. */
__noinline int zs_look_at_groups(struct zs_header_search *search)
{
	__u64 number, size;

	if (!search)
		return 0;
	number = search->left > ZS_GROUPS_READ ? ZS_GROUPS_READ : search->left;
	size = number * sizeof(struct zs_swiss_group);
	asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_RECORD_MAX - 1));
	if (size > sizeof(search->swiss) || go_read(search->swiss, size, search->next)) {
		search->missed = 1;
		number = 0;
	}
	for (__u32 i = 0; i < ZS_GROUPS_READ; i++)
		if (i < number)
			zs_look_at_group(search, i);
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
}

__noinline int zs_look_at_bucket(struct zs_header_search *search, __u64 bucket)
{
	if (!search)
		return 0;
	search->chain = 0;
	if (go_read(&search->classic, sizeof(search->classic), bucket)) {
		search->missed = 1;
		return 0;
	}
	search->chain = search->classic.overflow;
	for (int i = 0; i < ZS_MAP_SLOTS; i++)
		if (search->classic.tophash[i] >= ZS_TOPHASH_USED)
			zs_look_at_key(search, &search->classic.keys[i], &search->classic.values[i]);
	return 0;
}

/* Buckets of a classic map, and the overflow buckets behind each. */
static __always_inline void zs_walk_buckets(struct zs_header_search *search, __u64 buckets, __u64 number)
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
			return;
		zs_look_at_bucket(search, search->next);
		search->next += sizeof(struct zs_classic_bucket);
		search->left--;
	}
	if (search->left || search->chain) {
		search->missed = 1;
		zs_count(ZS_LOST_HEADERS);
	}
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
		zs_walk_buckets(search, head.old_buckets, 1ull << (old_bits & 7));
	zs_walk_buckets(search, head.buckets, 1ull << head.bits);
}

/* Remembers where those headers of a net/http.Header lie whose names have one of the lengths in wanted. */
static __always_inline void zs_find_headers(struct zs_header_search *search, __u64 map, __u64 wanted)
{
	search->wanted = wanted;
	search->missed = 0;
	__builtin_memset(search->values, 0, sizeof(search->values));
	if (!map)
		return;
	if (zs_swiss_maps)
		zs_walk_swiss(search, map);
	else
		zs_walk_classic(search, map);
}
