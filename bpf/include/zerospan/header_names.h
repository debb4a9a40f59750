/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What is looked for in a net/http.Header, by the names of headers, and where it lies once it was found. */
#pragma once

#include "contexts.h"
#include "hex.h"
#include "pushed.h"
#include "strangers.h"

enum zs_header {
	ZS_TRACEPARENT,
	ZS_B3,
	ZS_B3_TRACE_ID,
	ZS_B3_SPAN_ID,
	ZS_B3_SAMPLED,
	ZS_B3_FLAGS,
	ZS_JAEGER,
	ZS_TRACESTATE,
	ZS_HEADERS,
};

/* Set by the host. */
const volatile struct zs_captured zs_capture[ZS_CAPTURE_MAX] = {};

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

#define ZS_GROUPS_READ 8 /* groups of a Swiss map in one read */

/* Longest value that is decoded, b3 with all its parts, and room for the verifier's mask. */
#define ZS_HEADER_TEXT_MAX 128

/* Lies in the scratch slot, where no record is being built at a span's start. */
struct zs_header_search {
	__u64 wanted;		  /* by length of the name, a bit each */
	struct {
		__u64 data, number; /* of the []string; data 0: not there */
	} values[ZS_CAPTURE_MAX];
	__u32 side;		  /* 0: headers of trace formats; else which message's are captured, see capture.h */
	__u32 field;		  /* of uber-trace-id, see jaeger.h: where its parsing stands */
	__u64 digits, bad, number[2];
	__u64 name[ZS_NAME_WORDS]; /* of the header that is looked at; on the stack it was too much for Linux 6.1 */
	__u64 next, left;	  /* the next group, or bucket of the array, and how many there are */
	__u64 chain;		  /* classic: the next overflow bucket */
	__u64 seen;		  /* entries so far */
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
	if (first == ZS_CHARS('U', 'b', 'e', 'r', '-', 'T', 'r', 'a') && rest == ZS_CHARS('c', 'e', '-', 'I', 'd', 0, 0, 0))
		return ZS_JAEGER;
	if (first == ZS_CHARS('T', 'r', 'a', 'c', 'e', 's', 't', 'a') && rest == ZS_CHARS('t', 'e', 0, 0, 0, 0, 0, 0))
		return ZS_TRACESTATE;
	return ZS_HEADERS;
}

/* A header that a user has listed: its place in zs_capture. */
__noinline int zs_look_for_captured(struct zs_header_search *search, __u64 key, __u64 length, __u64 data, __u64 number)
{
	if (!search || length >= sizeof(search->name))
		return 0;
	__builtin_memset(search->name, 0, sizeof(search->name));
	asm volatile("%0 &= %1" : "+r"(length) : "i"(63));
	if (length >= sizeof(search->name) || go_read(search->name, length, key))
		return 0;
	for (int i = 0; i < ZS_CAPTURE_MAX; i++) {
		const volatile struct zs_captured *wanted = &zs_capture[i];
		__u64 differs = wanted->length ^ length;

		if (!(wanted->sides & search->side))
			continue;
		for (int j = 0; j < ZS_NAME_WORDS; j++)
			differs |= wanted->name[j] ^ search->name[j];
		if (differs)
			continue;
		search->values[i].data = data;
		search->values[i].number = number;
	}
	return 0;
}

static __always_inline void zs_look_at_key(struct zs_header_search *search, const struct go_string *key,
					   const struct go_slice *values)
{
	__u64 name[2] = {}, length = key->length;
	enum zs_header header;

	if (length >= ZS_NAME_BYTES || !(search->wanted >> length & 1) || !values->length)
		return;
	if (search->side) {
		zs_look_for_captured(search, key->data, length, values->data, values->length);
		return;
	}
	if (zs_is_stranger(key))
		return;
	if (go_read(name, length & (sizeof(name) - 1), key->data)) {
		search->missed = 1;
		return;
	}
	header = zs_header_named(name[0], name[1]);
	if (header == ZS_HEADERS) {
		zs_remember_stranger(key);
		return;
	}
	search->values[header].data = values->data;
	search->values[header].number = values->length;
}
