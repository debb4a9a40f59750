/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The span that a request names as its parent in its headers: W3C trace context, B3 in one header or in several, Jaeger's.
 * Include it beside probe.bpf.h; a probe that has the net/http.Header of a request asks zs_parent_of_headers.
 */
#pragma once

#include "header_map.h"
#include "hex.h"

/* Set by the host: formats in order of preference, one a byte, the first in the lowest. 0: headers are not read. */
const volatile __u32 zs_header_formats = 0;

enum zs_header_format {
	ZS_FORMAT_TRACECONTEXT = 1,
	ZS_FORMAT_B3 = 2,
	ZS_FORMAT_B3_MULTI = 3,
	ZS_FORMAT_JAEGER = 4,
};

#define ZS_FORMATS_MAX 4 /* bytes of zs_header_formats */

/* What a format's headers came to. */
enum zs_header_outcome {
	ZS_HEADER_ABSENT, /* or its memory could not be read, which is counted as such */
	ZS_HEADER_VALID,
	ZS_HEADER_INVALID,
};

/*
 * Reads the first value of a header that is there into search->text, at most max bytes of it, zeros behind. Answers its
 * full length, or less than 0 if it could not be read; 0, which no format allows, if it had to be the only value.
 */
static __always_inline __s64 zs_header_text(struct zs_header_search *search, enum zs_header header, __u32 max, int only)
{
	struct go_string text;
	__u32 size;

	__builtin_memset(search->text, 0, sizeof(search->text));
	if (only && search->values[header].number > 1)
		return 0;
	if (go_read(&text, sizeof(text), search->values[header].data))
		return -1;
	size = text.length > max ? max : text.length;
	asm volatile("%0 &= %1" : "+r"(size) : "i"(ZS_HEADER_TEXT_MAX - 1));
	if (size && go_read(search->text, size, text.data))
		return -1;
	return text.length & 0x7fffffff;
}

static __always_inline __u8 zs_char(const struct zs_header_search *search, int at)
{
	return ((const __u8 *)search->text)[at];
}

/* Eight characters of the text, wherever they begin. */
static __always_inline __u64 zs_chars(const struct zs_header_search *search, int at)
{
	__u64 low = search->text[at / 8];
	int bits = at % 8 * 8;

	return bits ? low >> bits | search->text[at / 8 + 1] << (64 - bits) : low;
}

/* The 8 bytes that 16 characters of the text stand for. */
static __always_inline __u64 zs_id_at(const struct zs_header_search *search, int at, __u64 forms, __u64 *bad)
{
	return zs_hex(zs_chars(search, at), forms, bad) | zs_hex(zs_chars(search, at + 8), forms, bad) << 32;
}

/* The byte that two characters of the text stand for. */
static __always_inline __u8 zs_byte_at(const struct zs_header_search *search, int at, __u64 forms, __u64 *bad)
{
	return zs_hex((zs_chars(search, at) & 0xffff) | ZS_CHARS(0, 0, '0', '0', '0', '0', '0', '0'), forms, bad);
}

static __always_inline int zs_valid_unless(__u64 bad, const struct zs_parent *parent)
{
	if (bad || !(parent->trace[0] | parent->trace[1]) || !parent->span_id)
		return ZS_HEADER_INVALID;
	return ZS_HEADER_VALID;
}

/* {2 hex version}-{32 hex}-{16 hex}-{2 hex flags}; later versions may have more behind another dash. */
__noinline int zs_parse_traceparent(struct zs_header_search *search)
{
	struct zs_parent *parent;
	__u8 version, flags;
	__u64 bad = 0;
	__s64 length;

	if (!search || !search->values[ZS_TRACEPARENT].data)
		return ZS_HEADER_ABSENT;
	length = zs_header_text(search, ZS_TRACEPARENT, 56, 1);
	if (length < 0)
		return ZS_HEADER_ABSENT;
	if (length < 55 || zs_char(search, 2) != '-' || zs_char(search, 35) != '-' || zs_char(search, 52) != '-')
		return ZS_HEADER_INVALID;
	parent = &search->parent;
	version = zs_byte_at(search, 0, ZS_HEX_LOWER, &bad);
	parent->trace[0] = zs_id_at(search, 3, ZS_HEX_LOWER, &bad);
	parent->trace[1] = zs_id_at(search, 19, ZS_HEX_LOWER, &bad);
	parent->span_id = zs_id_at(search, 36, ZS_HEX_LOWER, &bad);
	flags = zs_byte_at(search, 53, ZS_HEX_LOWER, &bad);
	if (version == 0xff || (length > 55 && (version == 0 || zs_char(search, 55) != '-')))
		return ZS_HEADER_INVALID;
	parent->flags = ZS_EVENT_REMOTE_PARENT | ZS_EVENT_DECIDED | (flags & 1 ? 0 : ZS_EVENT_UNSAMPLED) |
			(search->values[ZS_TRACESTATE].data ? ZS_EVENT_TRACESTATE : 0);
	return zs_valid_unless(bad, parent);
}

/* What B3 says about sampling in one character, d for debug; less than 0 if it says nothing that B3 knows. */
static __always_inline int zs_b3_decision(__u8 state)
{
	if (state == '1' || state == 'd')
		return ZS_EVENT_DECIDED;
	return state == '0' ? ZS_EVENT_DECIDED | ZS_EVENT_UNSAMPLED : -1;
}

/* What stands behind a b3's span: the sampling state, or true or false as in several headers; then a parent, perhaps. */
static __always_inline int zs_parse_b3_state(struct zs_header_search *search, int at, __s64 rest, __u64 *bad)
{
	__u64 state = zs_chars(search, at + 1);
	int decision, size = 1;

	if (zs_char(search, at) != '-')
		return -1;
	if (rest == 17) {
		zs_id_at(search, at + 1, ZS_HEX_ANY, bad);
		return 0;
	}
	decision = zs_b3_decision(state);
	if ((state & 0xffffffff) == ZS_CHARS('t', 'r', 'u', 'e', 0, 0, 0, 0)) {
		decision = ZS_EVENT_DECIDED;
		size = 4;
	} else if ((state & 0xffffffffff) == ZS_CHARS('f', 'a', 'l', 's', 'e', 0, 0, 0)) {
		decision = ZS_EVENT_DECIDED | ZS_EVENT_UNSAMPLED;
		size = 5;
	}
	rest -= 1 + size;
	if (size == 1 && rest == 17)
		zs_id_at(search, at + 3, ZS_HEX_ANY, bad);
	if (rest == 2 && zs_char(search, at + 2 + size) != '0') /* a parent of one digit: there is none */
		return -1;
	if (rest && ((rest != 2 && rest != 17) || zs_char(search, at + 1 + size) != '-'))
		return -1;
	return decision;
}

/* Of a b3 what follows the trace id, which ends at a place. */
static __always_inline int zs_parse_b3_behind_trace(struct zs_header_search *search, int at, __s64 length, __u64 bad)
{
	struct zs_parent *parent = &search->parent;
	__s64 rest = length - at - 17;
	int decision = 0;

	parent->span_id = zs_id_at(search, at + 1, ZS_HEX_ANY, &bad);
	if (rest)
		decision = zs_parse_b3_state(search, at + 17, rest, &bad);
	if (rest < 0 || decision < 0)
		return ZS_HEADER_INVALID;
	parent->flags = ZS_EVENT_REMOTE_PARENT | decision;
	return zs_valid_unless(bad, parent);
}

/* {32 or 16 hex}-{16 hex}[-{0, 1, d, true or false}][-{16 hex parent}], or one character of state alone. */
__noinline int zs_parse_b3(struct zs_header_search *search)
{
	struct zs_parent *parent;
	__u64 bad = 0;
	__s64 length;
	int decision;

	if (!search || !search->values[ZS_B3].data)
		return ZS_HEADER_ABSENT;
	length = zs_header_text(search, ZS_B3, 72, 0);
	if (length < 0)
		return ZS_HEADER_ABSENT;
	parent = &search->parent;
	if (length == 1) {
		decision = zs_b3_decision(zs_char(search, 0));
		parent->span_id = 0;
		parent->flags = decision;
		return decision < 0 ? ZS_HEADER_INVALID : ZS_HEADER_VALID;
	}
	parent->trace[0] = 0;
	parent->trace[1] = zs_id_at(search, 0, ZS_HEX_ANY, &bad);
	if (zs_char(search, 16) == '-')
		return zs_parse_b3_behind_trace(search, 16, length, bad);
	parent->trace[0] = parent->trace[1];
	parent->trace[1] = zs_id_at(search, 16, ZS_HEX_ANY, &bad);
	if (zs_char(search, 32) == '-')
		return zs_parse_b3_behind_trace(search, 32, length, bad);
	return ZS_HEADER_INVALID;
}

/*
 * X-B3-Sampled: 0 or 1, or true or false of old; X-B3-Flags: 1 is debug and means sampled. Flags of the decision, 0 if
 * there is none, less than 0 if it is none that B3 knows.
 */
static __always_inline int zs_b3_multi_decision(struct zs_header_search *search)
{
	__s64 length;
	__u64 text;

	if (search->values[ZS_B3_FLAGS].data) {
		length = zs_header_text(search, ZS_B3_FLAGS, 8, 0);
		if (length == 1 && zs_char(search, 0) == '1')
			return ZS_EVENT_DECIDED;
	}
	if (!search->values[ZS_B3_SAMPLED].data)
		return 0;
	length = zs_header_text(search, ZS_B3_SAMPLED, 8, 0);
	if (length < 0)
		return 0;
	text = search->text[0];
	if (text == ZS_CHARS('t', 'r', 'u', 'e', 0, 0, 0, 0))
		return ZS_EVENT_DECIDED;
	if (text == ZS_CHARS('f', 'a', 'l', 's', 'e', 0, 0, 0))
		return ZS_EVENT_DECIDED | ZS_EVENT_UNSAMPLED;
	return length == 1 ? zs_b3_decision(text) : -1;
}

/* X-B3-TraceId, X-B3-SpanId, and the decision, which may stand alone. */
__noinline int zs_parse_b3_multi(struct zs_header_search *search)
{
	struct zs_parent *parent;
	__u64 bad = 0;
	__s64 length;
	int decision;

	if (!search || !(search->values[ZS_B3_TRACE_ID].data | search->values[ZS_B3_SPAN_ID].data |
			 search->values[ZS_B3_SAMPLED].data | search->values[ZS_B3_FLAGS].data))
		return ZS_HEADER_ABSENT;
	parent = &search->parent;
	decision = zs_b3_multi_decision(search);
	if (decision < 0)
		return ZS_HEADER_INVALID;
	parent->span_id = 0;
	parent->flags = decision;
	if (!search->values[ZS_B3_TRACE_ID].data && !search->values[ZS_B3_SPAN_ID].data)
		return decision ? ZS_HEADER_VALID : ZS_HEADER_ABSENT;
	if (!search->values[ZS_B3_TRACE_ID].data || !search->values[ZS_B3_SPAN_ID].data)
		return ZS_HEADER_INVALID;
	length = zs_header_text(search, ZS_B3_TRACE_ID, 32, 0);
	if (length < 0)
		return ZS_HEADER_ABSENT;
	parent->trace[0] = 0;
	parent->trace[1] = zs_id_at(search, 0, ZS_HEX_ANY, &bad);
	if (length == 32) {
		parent->trace[0] = parent->trace[1];
		parent->trace[1] = zs_id_at(search, 16, ZS_HEX_ANY, &bad);
	} else if (length != 16) {
		return ZS_HEADER_INVALID;
	}
	length = zs_header_text(search, ZS_B3_SPAN_ID, 16, 0);
	if (length < 0)
		return ZS_HEADER_ABSENT;
	if (length != 16)
		return ZS_HEADER_INVALID;
	parent->span_id = zs_id_at(search, 0, ZS_HEX_ANY, &bad);
	parent->flags = ZS_EVENT_REMOTE_PARENT | decision;
	return zs_valid_unless(bad, parent);
}

#include "jaeger.h"

/* Lengths of the names of a format's headers, a bit each. */
static __always_inline __u64 zs_lengths_of(__u8 format)
{
	switch (format) {
	case ZS_FORMAT_TRACECONTEXT:
		return 1 << 10 | 1 << 11;
	case ZS_FORMAT_B3:
		return 1 << 2;
	case ZS_FORMAT_B3_MULTI:
		return 1 << 10 | 1 << 11 | 1 << 12;
	case ZS_FORMAT_JAEGER:
		return 1 << 13;
	default:
		return 0;
	}
}

static __always_inline int zs_parse_format(struct zs_header_search *search, __u8 format)
{
	switch (format) {
	case ZS_FORMAT_TRACECONTEXT:
		return zs_parse_traceparent(search);
	case ZS_FORMAT_B3:
		return zs_parse_b3(search);
	case ZS_FORMAT_B3_MULTI:
		return zs_parse_b3_multi(search);
	case ZS_FORMAT_JAEGER:
		return zs_parse_jaeger(search);
	default:
		return ZS_HEADER_ABSENT;
	}
}

/*
 * What the first of the formats that is valid says, of the headers whose map lies at an address. Invalid if there are
 * headers of that kind and none is valid. The parent's span id is 0 where a caller has decided about sampling and names no
 * parent.
 */
static __always_inline int zs_first_named(struct zs_slot *slot, __u64 map, __u32 formats, struct zs_parent *parent)
{
	struct zs_header_search *search = (struct zs_header_search *)slot->data;
	int all = ZS_HEADER_ABSENT;
	__u64 wanted = 0;

	for (int i = 0; i < ZS_FORMATS_MAX; i++)
		wanted |= zs_lengths_of(formats >> (8 * i));
	if (!wanted)
		return ZS_HEADER_ABSENT;
	zs_find_headers(search, map, wanted, 0);
	for (int i = 0; i < ZS_FORMATS_MAX; i++) {
		int outcome = zs_parse_format(search, formats >> (8 * i));

		if (outcome == ZS_HEADER_VALID) {
			parent->trace[0] = search->parent.trace[0];
			parent->trace[1] = search->parent.trace[1];
			parent->span_id = search->parent.span_id;
			parent->flags = search->parent.flags;
			return ZS_HEADER_VALID;
		}
		if (outcome == ZS_HEADER_INVALID) {
			zs_count(ZS_LOST_HEADERS_INVALID);
			all = ZS_HEADER_INVALID;
		}
	}
	return all;
}

/* The same of the configured formats; 1 if one is valid. */
static __always_inline int zs_parent_of_headers(struct zs_slot *slot, __u64 map, struct zs_parent *parent)
{
	return zs_first_named(slot, map, zs_header_formats, parent) == ZS_HEADER_VALID;
}
