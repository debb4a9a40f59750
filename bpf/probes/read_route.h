/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The route of a request at its end: what routers have noted, and the pattern of net/http's own. */
#pragma once

#include <zerospan/route.h>

GO_FIELD_OPTIONAL(req_pattern, "net/http.Request", "Pattern"); /* go1.23.. */
GO_FIELD_OPTIONAL(req_pat, "net/http.Request", "pat");	       /* go1.22.. */
GO_FIELD_OPTIONAL(pattern_str, "net/http.pattern", "str");

SPAN_ATTR_TEXT(attr_pattern, "zs.pattern");
SPAN_ATTR_TEXT(attr_route, "zs.route");
SPAN_ATTR_TEXT(attr_route_2, "zs.route.2"); /* behind the one before, as all that follow */
SPAN_ATTR_TEXT(attr_route_3, "zs.route.3");
SPAN_ATTR_TEXT(attr_route_4, "zs.route.4");

/* Routers within routers whose patterns are put together. Of more the route is not known: a part of it would mislead. */
#define ROUTE_PARTS_MAX 4

/* Appends the pattern that net/http's own router has set in a request. */
static __always_inline void read_pattern(struct zs_slot *slot, __u64 request)
{
	__u64 pattern;

	if (req_pattern != ZS_NO_FIELD) {
		zs_attr_text_at(slot, attr_pattern, request + req_pattern);
	} else if (req_pat != ZS_NO_FIELD && pattern_str != ZS_NO_FIELD) {
		pattern = go_read_pointer(request + req_pat);
		if (pattern)
			zs_attr_text_at(slot, attr_pattern, pattern + pattern_str);
	}
}

static __always_inline int read_parts(struct zs_slot *slot, __u64 address)
{
	const __u16 ids[ROUTE_PARTS_MAX] = {attr_route, attr_route_2, attr_route_3, attr_route_4};
	struct go_slice patterns;
	int unread = 0;

	if (go_read(&patterns, sizeof(patterns), address) || patterns.length > ROUTE_PARTS_MAX)
		return -1;
	for (int i = 0; i < ROUTE_PARTS_MAX; i++)
		if (i < patterns.length)
			unread |= zs_attr_text_at(slot, ids[i], patterns.data + i * sizeof(struct go_string));
	return unread;
}

/* Answers less than 0 if what was read is not the whole route. */
static __always_inline int read_noted(struct zs_slot *slot, const struct zs_route *route)
{
	struct go_string text;

	switch (route->kind) {
	case ZS_ROUTE_TEXT:
		if (!go_read(&text, sizeof(text), route->object) && text.data != route->raw_path)
			zs_attr_text(slot, attr_route, text.data, text.length);
		break;
	case ZS_ROUTE_PARTS:
		return read_parts(slot, route->object);
	case ZS_ROUTE_REQUEST:
		read_pattern(slot, route->object);
		break;
	}
	return 0;
}

/*
 * Appends what a router has noted of a request. A pattern in a copy comes before the one that the request itself may
 * have, which counts for more: a copy's may be less than the whole path.
 */
static __always_inline void read_route(struct zs_call *call, __u64 request)
{
	struct zs_key key = {.id = call->entry->context, .tgid = call->key.tgid, .kind = ZS_KEY_CONTEXT};
	struct zs_event *event = (struct zs_event *)call->slot->data;
	struct zs_entry *noted = key.id ? zs_entry_find(&key) : 0;
	__u32 position = call->slot->position;
	__u8 attrs = event->attrs;

	if (!noted || noted->route.object == request)
		return;
	/* a part alone would mislead, and what was read may be another request's */
	if (read_noted(call->slot, &noted->route) || !zs_route_stands(&noted->route)) {
		call->slot->position = position;
		event->attrs = attrs;
	}
}
