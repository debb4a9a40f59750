/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What of a request's tracestate goes on: all lines of it as one, whole members up to 512 bytes, from the front; nothing,
 * if a member is not as W3C's grammar wants it (3.3.1). Its characters are followed by a table, one after the other.
 *
 * Where the walk stands lies in the scratch slot, and a step is a function of its own: see header_map.h.
 */
#pragma once

#include "header_map.h"
#include "tracestate.h"

#define ZS_MEMBERS_MAX 32
#define ZS_STATE_PART_MAX 256 /* characters of a key, or of a value */
#define ZS_STATE_TENANT_MAX 241 /* in front of a key's @ */
#define ZS_STATE_SYSTEM_MAX 14 /* behind it */
#define ZS_STATE_LINE_MAX (ZS_TRACESTATE_MAX + 1) /* with it a member is known to end at the limit, or not */

enum zs_state_class {
	ZS_CHAR_NONE, /* of no text */
	ZS_CHAR_KEY,  /* lower case letters and digits, with which a key begins */
	ZS_CHAR_INNER, /* - _ * and slash: further on in it */
	ZS_CHAR_AT,
	ZS_CHAR_EQUALS,
	ZS_CHAR_COMMA,
	ZS_CHAR_SPACE,
	ZS_CHAR_TAB,
	ZS_CHAR_OTHER, /* in values alone */
	ZS_CHAR_CLASSES = 16,
};

enum zs_state_place {
	ZS_PLACE_BAD, /* and stays so */
	ZS_PLACE_OUTSIDE, /* between members */
	ZS_PLACE_KEY,
	ZS_PLACE_SYSTEM_BEGINS, /* behind a key's @ */
	ZS_PLACE_SYSTEM,
	ZS_PLACE_VALUE_BEGINS,
	ZS_PLACE_VALUE,
	ZS_PLACE_VALUE_BLANK, /* in it, or behind it: who knows */
	ZS_PLACE_BEHIND,
	ZS_PLACES = 16,
};

static const __u8 zs_state_classes[256] = {
	['\t'] = ZS_CHAR_TAB,
	[' '] = ZS_CHAR_SPACE,
	['!' ... ')'] = ZS_CHAR_OTHER,
	['*'] = ZS_CHAR_INNER,
	['+'] = ZS_CHAR_OTHER,
	[','] = ZS_CHAR_COMMA,
	['-'] = ZS_CHAR_INNER,
	['.'] = ZS_CHAR_OTHER,
	['/'] = ZS_CHAR_INNER,
	['0' ... '9'] = ZS_CHAR_KEY,
	[':' ... '<'] = ZS_CHAR_OTHER,
	['='] = ZS_CHAR_EQUALS,
	['>' ... '?'] = ZS_CHAR_OTHER,
	['@'] = ZS_CHAR_AT,
	['A' ... '^'] = ZS_CHAR_OTHER,
	['_'] = ZS_CHAR_INNER,
	['`'] = ZS_CHAR_OTHER,
	['a' ... 'z'] = ZS_CHAR_KEY,
	['{' ... '~'] = ZS_CHAR_OTHER,
};

/* From a place by a character to the next place. */
static const __u8 zs_state_steps[ZS_PLACES * ZS_CHAR_CLASSES] = {
#define ZS_STEP(place, class) [ZS_PLACE_##place * ZS_CHAR_CLASSES + ZS_CHAR_##class]
	ZS_STEP(OUTSIDE, COMMA) = ZS_PLACE_OUTSIDE, ZS_STEP(OUTSIDE, SPACE) = ZS_PLACE_OUTSIDE,
	ZS_STEP(OUTSIDE, TAB) = ZS_PLACE_OUTSIDE, ZS_STEP(OUTSIDE, KEY) = ZS_PLACE_KEY,
	ZS_STEP(KEY, KEY) = ZS_PLACE_KEY, ZS_STEP(KEY, INNER) = ZS_PLACE_KEY, ZS_STEP(KEY, AT) = ZS_PLACE_SYSTEM_BEGINS,
	ZS_STEP(KEY, EQUALS) = ZS_PLACE_VALUE_BEGINS,
	ZS_STEP(SYSTEM_BEGINS, KEY) = ZS_PLACE_SYSTEM,
	ZS_STEP(SYSTEM, KEY) = ZS_PLACE_SYSTEM, ZS_STEP(SYSTEM, INNER) = ZS_PLACE_SYSTEM,
	ZS_STEP(SYSTEM, EQUALS) = ZS_PLACE_VALUE_BEGINS,
#define ZS_STEPS_OF_VALUE(place)                                                                              \
	ZS_STEP(place, KEY) = ZS_PLACE_VALUE, ZS_STEP(place, INNER) = ZS_PLACE_VALUE, ZS_STEP(place, AT) = ZS_PLACE_VALUE, \
	ZS_STEP(place, OTHER) = ZS_PLACE_VALUE
	ZS_STEPS_OF_VALUE(VALUE_BEGINS), ZS_STEP(VALUE_BEGINS, SPACE) = ZS_PLACE_VALUE_BEGINS,
	ZS_STEPS_OF_VALUE(VALUE), ZS_STEP(VALUE, SPACE) = ZS_PLACE_VALUE_BLANK,
	ZS_STEPS_OF_VALUE(VALUE_BLANK), ZS_STEP(VALUE_BLANK, SPACE) = ZS_PLACE_VALUE_BLANK,
	ZS_STEP(VALUE, TAB) = ZS_PLACE_BEHIND, ZS_STEP(VALUE_BLANK, TAB) = ZS_PLACE_BEHIND,
	ZS_STEP(BEHIND, SPACE) = ZS_PLACE_BEHIND, ZS_STEP(BEHIND, TAB) = ZS_PLACE_BEHIND,
	ZS_STEP(VALUE, COMMA) = ZS_PLACE_OUTSIDE, ZS_STEP(VALUE_BLANK, COMMA) = ZS_PLACE_OUTSIDE,
	ZS_STEP(BEHIND, COMMA) = ZS_PLACE_OUTSIDE,
};

/* Lies in the slot where groups of a map do, behind what says where the headers are. */
struct zs_state_walk {
	__u32 place, members;
	__u32 part;   /* where the key or the value began that the walk is in */
	__u32 inside; /* its last character that is no blank */
	__u32 total;
	__u32 system; /* behind the @ of the key that the walk is in */
	/* from here on a struct zs_tracestate; its length is that of the members so far */
	__u64 span_id;
	__u32 length, zero_too;
	char text[2 * ZS_STATE_LINE_MAX]; /* a line may begin at the limit */
};

_Static_assert(__builtin_offsetof(struct zs_state_walk, text) - __builtin_offsetof(struct zs_state_walk, span_id) ==
	       __builtin_offsetof(struct zs_tracestate, text), "is put into the map");

static __always_inline struct zs_state_walk *zs_state_walk_in(struct zs_header_search *search)
{
	return (struct zs_state_walk *)search->swiss;
}

_Static_assert(sizeof(struct zs_state_walk) <= sizeof(((struct zs_header_search *)0)->swiss), "lies where groups do");

/* One character; a program's function must answer something. */
__noinline int zs_state_step(struct zs_header_search *search, __u32 at)
{
	struct zs_state_walk *walk;
	__u32 before, next;
	__u8 class;

	if (!search)
		return 0;
	walk = zs_state_walk_in(search);
	class = zs_state_classes[(__u8)walk->text[at & (2 * ZS_TRACESTATE_MAX - 1)]];
	before = walk->place;
	next = zs_state_steps[(before * ZS_CHAR_CLASSES + class) & (ZS_PLACES * ZS_CHAR_CLASSES - 1)];
	if (before == ZS_PLACE_OUTSIDE && next == ZS_PLACE_KEY) {
		walk->members++;
		walk->part = at;
	}
	if (class != ZS_CHAR_SPACE && next != ZS_PLACE_OUTSIDE && next != ZS_PLACE_BEHIND && next != ZS_PLACE_VALUE_BEGINS)
		walk->inside = at;
	if (next == ZS_PLACE_SYSTEM_BEGINS) {
		walk->system = at + 1;
		if (at - walk->part > ZS_STATE_TENANT_MAX)
			next = ZS_PLACE_BAD;
	}
	if (next == ZS_PLACE_SYSTEM && at - walk->system >= ZS_STATE_SYSTEM_MAX)
		next = ZS_PLACE_BAD;
	if (before != ZS_PLACE_VALUE_BEGINS && next == ZS_PLACE_VALUE_BEGINS)
		walk->part = at + 1;
	if (walk->inside >= walk->part + ZS_STATE_PART_MAX || walk->members > ZS_MEMBERS_MAX)
		next = ZS_PLACE_BAD;
	walk->place = next;
	if (class == ZS_CHAR_COMMA)
		walk->length = next == ZS_PLACE_OUTSIDE && walk->members ? at : 0;
	return 0;
}

static __always_inline void zs_state_put_comma(struct zs_state_walk *walk, __u64 at)
{
	asm volatile("%0 &= %1" : "+r"(at) : "i"(2 * ZS_TRACESTATE_MAX - 1));
	walk->text[at] = ',';
}

/* Adds a line's text; what is beyond the limit is only noticed. */
static __always_inline int zs_state_join(struct zs_state_walk *walk, __u64 address)
{
	__u64 at = walk->total, size;
	struct go_string text;

	if (go_read(&text, sizeof(text), address))
		return -1;
	size = text.length > ZS_STATE_LINE_MAX ? ZS_STATE_LINE_MAX : text.length;
	if (at > ZS_TRACESTATE_MAX)
		return 0;
	if (at) {
		zs_state_put_comma(walk, at);
		at++;
	}
	asm volatile("%0 &= %1" : "+r"(at) : "i"(2 * ZS_TRACESTATE_MAX - 1));
	asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_TRACESTATE_MAX - 1));
	if (at > ZS_STATE_LINE_MAX || size > ZS_STATE_LINE_MAX || (size && go_read(walk->text + at, size, text.data)))
		return -1;
	walk->total = at + size;
	return 0;
}

/* Lines of one request that are joined; more make a list that is too long or a riddle, and nothing goes on. */
#define ZS_STATE_LINES 4

/*
 * At a server's start, right behind the search for its parent: keeps the tracestate that was found beside it. Out of the
 * way of requests without one.
 */
static __always_inline int zs_keep_found_tracestate(struct zs_header_search *search, __u64 span_id)
{
	struct zs_state_walk *walk;
	__u64 data, number;

	if (!search)
		return 0;
	walk = zs_state_walk_in(search);
	data = search->values[ZS_TRACESTATE].data;
	number = search->values[ZS_TRACESTATE].number;
	__builtin_memset(walk, 0, __builtin_offsetof(struct zs_state_walk, text));
	walk->place = ZS_PLACE_OUTSIDE;
	walk->span_id = span_id;
	if (number > ZS_STATE_LINES)
		return 0;
	for (__u32 i = 0; i < ZS_STATE_LINES; i++)
		if (i < number && zs_state_join(walk, data + i * sizeof(struct go_string)))
			return 0;
	if (walk->total <= ZS_TRACESTATE_MAX)
		zs_state_put_comma(walk, walk->total);
	for (__u32 i = 0; i <= ZS_TRACESTATE_MAX; i++) {
		if (i > walk->total)
			break;
		zs_state_step(search, i);
	}
	if (walk->length)
		bpf_map_update_elem(&zs_tracestates, &span_id, &walk->span_id, BPF_ANY);
	return 0;
}
