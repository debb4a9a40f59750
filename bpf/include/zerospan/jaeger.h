/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Jaeger's uber-trace-id: {trace id}:{span id}:{parent span id, unused}:{flags}, hexadecimal numbers without leading zeros,
 * the colons perhaps as %3A. A part of headers.h.
 */
#pragma once

/* Fields, and the most digits of each. */
#define ZS_JAEGER_TRACE 0
#define ZS_JAEGER_SPAN 1
#define ZS_JAEGER_PARENT 2
#define ZS_JAEGER_FLAGS 3
#define ZS_JAEGER_TEXT_MAX 80 /* 32 + 16 + 16 + 2 digits and three colons of three characters are fewer */

#define ZS_JAEGER_SAMPLED 1
#define ZS_JAEGER_DEBUG 2

static __always_inline __u32 zs_jaeger_digits(__u32 field)
{
	return field == ZS_JAEGER_TRACE ? 32 : field == ZS_JAEGER_FLAGS ? 2 : 16;
}

/* Behind a field's last digit. */
static __always_inline void zs_jaeger_field(struct zs_header_search *search)
{
	struct zs_parent *parent = &search->parent;

	if (!search->digits || search->digits > zs_jaeger_digits(search->field))
		search->bad = 1;
	if (search->field == ZS_JAEGER_TRACE) {
		parent->trace[0] = __builtin_bswap64(search->number[0]);
		parent->trace[1] = __builtin_bswap64(search->number[1]);
	} else if (search->field == ZS_JAEGER_SPAN) {
		parent->span_id = __builtin_bswap64(search->number[1]);
	} else if (search->field == ZS_JAEGER_FLAGS) {
		parent->flags = search->number[1];
	}
	search->field++;
	search->digits = 0;
	search->number[0] = 0;
	search->number[1] = 0;
}

/* The character at a place; answers how many belong to it. What is remembered lies where the verifier does not follow. */
__noinline int zs_jaeger_step(struct zs_header_search *search, __u32 at)
{
	const __u8 *text;
	__u32 c, digit;

	if (!search || at >= ZS_JAEGER_TEXT_MAX)
		return 1;
	text = (const __u8 *)search->text;
	c = text[at];
	if (c == ':' || (c == '%' && text[at + 1] == '3' && (text[at + 2] | 0x20) == 'a')) {
		zs_jaeger_field(search);
		return c == ':' ? 1 : 3;
	}
	digit = c - '0' < 10 ? c - '0' : (c | 0x20) - 'a' + 10;
	if (digit > 15 || (c > '9' && (c | 0x20) < 'a'))
		search->bad = 1;
	search->number[0] = search->number[0] << 4 | search->number[1] >> 60;
	search->number[1] = search->number[1] << 4 | (digit & 15);
	search->digits++;
	return 1;
}

__noinline int zs_parse_jaeger(struct zs_header_search *search)
{
	struct zs_parent *parent;
	__u32 at = 0, flags;
	__s64 length;

	if (!search || !search->values[ZS_JAEGER].data)
		return ZS_HEADER_ABSENT;
	length = zs_header_text(search, ZS_JAEGER, ZS_JAEGER_TEXT_MAX, 0);
	if (length < 0)
		return ZS_HEADER_ABSENT;
	search->field = 0;
	search->digits = 0;
	search->bad = length > ZS_JAEGER_TEXT_MAX;
	search->number[0] = 0;
	search->number[1] = 0;
	for (int i = 0; i < ZS_JAEGER_TEXT_MAX; i++) {
		if (at >= length)
			break;
		at += zs_jaeger_step(search, at);
	}
	zs_jaeger_field(search);
	parent = &search->parent;
	flags = parent->flags;
	parent->flags = ZS_EVENT_REMOTE_PARENT | ZS_EVENT_DECIDED |
			(flags & (ZS_JAEGER_SAMPLED | ZS_JAEGER_DEBUG) ? 0 : ZS_EVENT_UNSAMPLED);
	if (search->field != ZS_JAEGER_FLAGS + 1)
		return ZS_HEADER_INVALID;
	return zs_valid_unless(search->bad, parent);
}
