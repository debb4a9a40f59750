/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "spans.h"

#include "fake_kernel.h"
#include "runner.h"
#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {0, "internal", "server", "client", "producer", "consumer"};
static const char *const names[ATTRIBUTES] = {
	[METHOD] = "method", [URI] = "uri", [HOST] = "host", [PEER] = "peer", [PATTERN] = "pattern",
	[STATUS] = "status", [MAJOR] = "major", [MINOR] = "minor", [TLS] = "tls", [PANIC] = "panic",
	[SCHEME] = "scheme", [OPAQUE] = "opaque", [USER] = "user", [PATH] = "path", [RAW_PATH] = "raw_path",
	[QUERY] = "query", [PEER_ADDRESS] = "peer_address", [ERROR_TYPE] = "error",
	[CUT] = "cut", [OPERATION] = "operation", [DRIVER] = "driver", [BAD_CONNECTION] = "bad_connection",
	[CODE] = "code", [NUMBER] = "number", [SERVER_HOST] = "host", [SERVER_PORT] = "port", [NAMESPACE] = "namespace",
	[ROUTE] = "route", [ROUTE_2] = "route_2", [ROUTE_3] = "route_3", [ROUTE_4] = "route_4", [GOEXIT] = "goexit", [RESENDS] = "resends",
	[TRACESTATE] = "tracestate", [REQUEST_HEADERS] = "in", [RESPONSE_HEADERS] = "out", [LINK] = "link", [CLIENT_IS_PEER] = "client_is_peer",
};

static int print_address(char *to, const __u8 *value)
{
	__u16 port;
	int n = 0;

	memcpy(&port, value + 16, sizeof(port));
	for (int i = 0; i < 16; i++)
		n += sprintf(to + n, "%02x", value[i]);
	return n + sprintf(to + n, ":%u", port);
}

/* Long texts as their length and what they are cut from: "uri=1024*a,cut". */
static int print_text(char *to, const struct zs_attr *attr, const char *value)
{
	const char *cut = attr->flags & ZS_ATTR_CUT ? ",cut" : "";

	EXPECT(attr->length > 0 && attr->length <= ZS_TEXT_MAX);
	for (__u32 i = 0; i < attr->length; i++)
		EXPECT(value[i]);
	if (attr->length > 100)
		return sprintf(to, "%u*%c%s", attr->length, value[0], cut);
	return sprintf(to, "%.*s%s", attr->length, value, cut);
}

/* "X-Tenant:acme" */
static int print_named(char *to, const struct zs_attr *attr, const char *value)
{
	struct zs_attr text = {.flags = attr->flags, .length = attr->length - 48};
	int n = sprintf(to, "%s:", value);

	EXPECT(attr->length >= 48 && !value[47]);
	return n + (text.length ? print_text(to + n, &text, value + 48) : 0);
}

static int print_link(char *to, const struct zs_attr *attr, const __u8 *value)
{
	__u64 flags;
	int n = 0;

	EXPECT_EQUAL(attr->length, 32);
	for (int i = 0; i < 24; i++)
		n += sprintf(to + n, "%02x", value[i]);
	memcpy(&flags, value + 24, sizeof(flags));
	return n + sprintf(to + n, flags & ZS_EVENT_UNSAMPLED ? ",unsampled" : "");
}

static int print_value(char *to, const struct zs_attr *attr, const void *value)
{
	__u64 number;

	if (attr->type == ZS_ATTR_TEXT)
		return print_text(to, attr, value);
	if (attr->type == ZS_ATTR_NAMED)
		return print_named(to, attr, value);
	EXPECT_EQUAL(attr->flags, 0);
	if (attr->type == ZS_ATTR_LINK)
		return print_link(to, attr, value);
	EXPECT_EQUAL(attr->length, attr->type == ZS_ATTR_ADDR ? 18 : 8);
	if (attr->type == ZS_ATTR_ADDR)
		return print_address(to, value);
	memcpy(&number, value, sizeof(number));
	if (attr->type == ZS_ATTR_GO_TYPE)
		return sprintf(to, "type:%llx", number);
	if (attr->type == ZS_ATTR_GO_PATH)
		return sprintf(to, "path:%llx", number);
	if (attr->type == ZS_ATTR_BOOL)
		return sprintf(to, number == 1 ? "true" : number ? "?" : "false");
	EXPECT_EQUAL(attr->type, ZS_ATTR_INT);
	return sprintf(to, "%lld", (long long)number);
}

static void print_attributes(char *to, const __u8 *record, const struct zs_event *event)
{
	__u32 at = sizeof(*event);
	const char *space = "";

	for (int i = 0; i < event->attrs; i++) {
		struct zs_attr attr;

		EXPECT(at % 8 == 0 && at + sizeof(attr) <= event->length);
		memcpy(&attr, record + at, sizeof(attr));
		at += sizeof(attr);
		EXPECT(attr.id > 0 && attr.id < ATTRIBUTES && at + attr.length <= event->length);
		to += sprintf(to, "%s%s=", space, names[attr.id]);
		to += print_value(to, &attr, record + at);
		at += (attr.length + 7) & ~7u;
		space = " ";
	}
	EXPECT_EQUAL(at, event->length);
}

struct span take_span(void)
{
	_Alignas(8) __u8 record[ZS_RECORD_MAX];
	struct span span = {};
	__u32 length = kernel_take_record(record, sizeof(record));
	int n;

	EXPECT(length >= sizeof(span.event));
	memcpy(&span.event, record, sizeof(span.event));
	EXPECT_EQUAL(span.event.abi, ZS_ABI);
	EXPECT_EQUAL(span.event.length, length);
	EXPECT_EQUAL(span.event.end, 0);
	EXPECT(span.event.kind >= ZS_INTERNAL && span.event.kind <= ZS_CONSUMER);
	if (span.event.type != SQL_TYPE && span.event.type != FUNCTION_TYPE)
		EXPECT_EQUAL(span.event.type, span.event.kind == ZS_SERVER ? SERVER_TYPE : CLIENT_TYPE);
	EXPECT(span.event.span_id && span.event.start_ns <= span.event.end_ns);
	n = sprintf(span.text, "%s %u/%llu %llu..%llu ", kinds[span.event.kind], span.event.tgid, span.event.goid,
		    span.event.start_ns, span.event.end_ns);
	print_attributes(span.text + n, record, &span.event);
	return span;
}

struct span take_span_of(__u64 goid)
{
	struct span span = take_span();

	while (span.event.goid != goid)
		span = take_span();
	return span;
}

void take_abandoned(int number, __u8 end)
{
	struct zs_event event;

	for (int i = 0; i < number; i++) {
		EXPECT_EQUAL(kernel_take_record(&event, sizeof(event)), sizeof(event));
		EXPECT_EQUAL(event.abi, ZS_ABI);
		EXPECT_EQUAL(event.length, sizeof(event));
		EXPECT_EQUAL(event.flags & ZS_EVENT_ABANDONED, ZS_EVENT_ABANDONED);
		EXPECT_EQUAL(event.end, end);
		EXPECT_EQUAL(event.kind | event.attrs, 0);
		EXPECT(event.span_id && event.start_ns <= event.end_ns);
	}
}

__u32 take_news(__u16 *type, __u64 *start)
{
	struct {
		__u16 abi, type;
		__u32 length, tgid, zero;
		__u64 process_start_ns;
	} news;

	EXPECT_EQUAL(kernel_take_record(&news, sizeof(news)), sizeof(news));
	EXPECT_EQUAL(news.abi, ZS_ABI);
	EXPECT_EQUAL(news.length, sizeof(news));
	EXPECT(!news.zero);
	*start = news.process_start_ns;
	*type = news.type;
	return news.tgid;
}

void expect_root(const struct span *span)
{
	static const __u8 none[16];

	EXPECT_EQUAL(span->event.parent_id, 0);
	EXPECT_EQUAL(span->event.flags, 0);
	EXPECT(memcmp(span->event.trace_id, none, 16));
}

static void expect_parent(const struct span *child, const struct span *parent, __u8 flags)
{
	EXPECT_EQUAL(child->event.parent_id, parent->event.span_id);
	EXPECT(!memcmp(child->event.trace_id, parent->event.trace_id, 16));
	EXPECT(child->event.span_id != parent->event.span_id);
	EXPECT_EQUAL(child->event.flags, flags);
}

void expect_child(const struct span *child, const struct span *parent)
{
	expect_parent(child, parent, 0);
}

void expect_remote_child(const struct span *child, const struct span *parent)
{
	expect_parent(child, parent, ZS_EVENT_REMOTE_PARENT);
}

const char *attributes(const struct span *span)
{
	const char *text = span->text;

	for (int i = 0; i < 3; i++)
		text = strchr(text, ' ') + 1;
	return text;
}
