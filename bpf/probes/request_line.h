/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Method and target of a request, which in HTTP/1 lie one behind the other: "GET /hello", one read. */
#pragma once

#include <zerospan/block.h>

/* Methods that fit a word, as all do that are in use; longer ones are read by themselves. */
#define METHOD_WORD_MAX 7
/* Of both together. Longer lines are cut, each text by itself. */
#define REQUEST_LINE_MAX 1000

/*
 * Appends both as attributes, from one read: it is put where the target lies as the second attribute's value, so that
 * the method ends up to eight bytes before that, and is moved.
 *
 *	| attribute | GET_____ | attribute | /hello
 *	                              GET_ | /hello
 */
static __always_inline int read_whole_line(struct zs_slot *slot, struct go_string method, struct go_string uri)
{
	struct zs_event *event = (struct zs_event *)slot->data;
	struct zs_attr *first, *second;
	__u32 before = method.length + 1, size = before + uri.length, position = slot->position;
	__u32 ahead = sizeof(*second) - before; /* the verifier does not follow a subtraction from an address */
	__u8 *line;

	if (!method.length || method.length > METHOD_WORD_MAX || !uri.length || uri.length > REQUEST_LINE_MAX ||
	    uri.data != method.data + before || !attr_method || !attr_uri || position > ZS_RECORD_MAX / 2)
		return 0;
	asm volatile("%0 &= %1" : "+r"(position) : "i"(ZS_RECORD_MAX / 2 - 1));
	first = (struct zs_attr *)(slot->data + position);
	second = (struct zs_attr *)((__u8 *)(first + 1) + sizeof(__u64));
	asm volatile("%0 &= %1" : "+r"(ahead) : "i"(METHOD_WORD_MAX));
	asm volatile("%0 &= %1" : "+r"(size) : "i"(ZS_TEXT_MAX - 1));
	line = (__u8 *)second + ahead;
	if (bpf_probe_read_user(line, size, (const void *)method.data))
		return 0;
	__builtin_memcpy(first + 1, line, sizeof(__u64));
	*first = (struct zs_attr){.id = attr_method, .type = ZS_ATTR_TEXT, .length = method.length};
	*second = (struct zs_attr){.id = attr_uri, .type = ZS_ATTR_TEXT, .length = uri.length};
	slot->position += 2 * sizeof(struct zs_attr) + sizeof(__u64) + ((uri.length + 7) & ~7u);
	event->attrs += 2;
	return 1;
}

static __always_inline void read_request_line(struct zs_slot *slot, const struct zs_block *request,
					      enum request_kind kind)
{
	struct go_string method = {}, uri = {};
	int known = !zs_block_string(slot, request, method_in(kind), &method);

	if (!zs_block_string(slot, request, request_uri_in(kind), &uri) && known && read_whole_line(slot, method, uri))
		return;
	zs_attr_text(slot, attr_method, method.data, method.length);
	zs_attr_text(slot, attr_uri, uri.data, uri.length);
}
