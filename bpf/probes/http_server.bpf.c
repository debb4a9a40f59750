/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* net/http's server: one span from the call of the handler to the end of the response. Here HTTP/1, HTTP/2 at the end. */
#include <zerospan/probe.bpf.h>
#include <zerospan/block.h>
#include <zerospan/connection.h>
#include <zerospan/headers.h>
#include <zerospan/capture.h>
#include <zerospan/fixed_text.h>
#include <zerospan/tracestate_text.h>
#include <zerospan/trust.h>
#include "request_fields.h"
#include "read_route.h"

/* In the lowest bits of a request's frame->object, see upgrade.h. */
enum upgrade {
	UPGRADING = 1, /* the span goes on when the connection is taken over */
	SWITCHING = 2, /* the one who is about to take the connection over sends 101 */
};

#define NOT_OBJECT ((__u64)(UPGRADING | SWITCHING))
#define SWITCHING_PROTOCOLS 101

GO_FIELD(resp_conn, "net/http.response", "conn");
GO_FIELD(resp_req, "net/http.response", "req");
GO_FIELD(resp_status, "net/http.response", "status");
GO_FIELD(resp_header, "net/http.response", "handlerHeader");
GO_FIELD(conn_rwc, "net/http.conn", "rwc");
GO_FIELD(conn_remote_addr, "net/http.conn", "remoteAddr");
GO_FIELD_OPTIONAL(go_g_panic, "runtime.g", "_panic");
GO_FIELD_OPTIONAL(panic_goexit, "runtime._panic", "goexit");

SPAN_NAME("HTTP");
SPAN_KIND("server");
SPAN_ATTR_TEXT(attr_method, "zs.method");
SPAN_ATTR_TEXT(attr_uri, "zs.uri");
SPAN_ATTR_TEXT(attr_host, "zs.host");
SPAN_ATTR_TEXT(attr_client, "zs.client");
SPAN_ATTR_BOOL(attr_client_is_peer, "zs.client_is_peer");
SPAN_ATTR_ADDR(attr_peer, "network.peer");
SPAN_ATTR_INT(attr_status, "http.response.status_code");
SPAN_ATTR_INT(attr_major, "zs.proto_major");
SPAN_ATTR_INT(attr_minor, "zs.proto_minor");
SPAN_ATTR_BOOL(attr_tls, "zs.tls");
SPAN_ATTR_BOOL(attr_panic, "zs.panic");
SPAN_ATTR_BOOL(attr_goexit, "zs.goexit");
SPAN_ATTR_NAMED(attr_request_header, "http.request.header");
SPAN_ATTR_NAMED(attr_response_header, "http.response.header");
SPAN_ATTR_TEXT(attr_tracestate, "zs.tracestate");
SPAN_LINK(attr_link, "zs.link");

/* Ends what the goroutine's previous request left open: its context must not lead anybody here. */
static __always_inline void forget_request(struct zs_entry *entry, __u32 tgid)
{
	if (entry->context)
		zs_entry_delete(entry->context, tgid, ZS_KEY_CONTEXT);
	if (entry->offer) /* of a client call that a panic went through */
		zs_entry_delete(entry->offer, 0, ZS_KEY_CONNECTION);
	if (entry->depth) {
		zs_forget_link(&entry->frames[0], tgid);
		zs_tracestate_forget(&entry->frames[0]);
	}
	entry->context = 0;
	entry->offer = 0;
	entry->depth = 0;
	entry->overflow = 0;
}

/*
 * Children in other goroutines find the span by the request's context. The entry is made in the slot and put into the map
 * as it is: no reader can take it for what it was before, because its key comes first and a context that somebody still
 * holds is never given to another request.
 */
static __always_inline void publish_context(struct zs_call *call, struct zs_entry *own, __u64 context)
{
	struct zs_key key = {.id = context, .tgid = call->key.tgid, .kind = ZS_KEY_CONTEXT};
	struct zs_entry *entry = (struct zs_entry *)call->slot->data;

	if (!context)
		return;
	__builtin_memset(entry, 0, sizeof(*entry));
	entry->key = key;
	entry->sequence = own->frames[0].span_id & ~1u; /* differs from the element's former life */
	entry->process_start_ns = own->process_start_ns;
	__builtin_memcpy(entry->trace_id, own->trace_id, sizeof(entry->trace_id));
	entry->owner_tgid = call->key.tgid;
	entry->frames[0].span_id = own->frames[0].span_id;
	entry->frames[0].flags = own->frames[0].flags & ZS_EVENT_INHERITED;
	entry->depth = 1;
	if (bpf_map_update_elem(&zs_contexts, &key, entry, BPF_ANY))
		zs_count(ZS_LOST_PARENT_MAP_FULL);
	else
		own->context = context;
}

/* entry->connection where the addresses are known and the text that net/http made of the client's is not. */
#define NO_TEXT 1ull

/*
 * The connection's addresses are read once: its goroutine serves it to its end. What stands for it is where the text lies
 * that net/http puts into each request: one that still has it comes from the connection's other end.
 */
static __always_inline void know_connection(struct zs_call *call, struct zs_entry *entry, __u64 response)
{
	struct zs_block block = ZS_BLOCK;
	struct go_interface rwc;
	__u64 conn, text;

	if (entry->connection)
		return;
	conn = go_read_pointer(response + resp_conn);
	if (!conn)
		return;
	zs_block_field(&block, conn_rwc, sizeof(rwc));
	zs_block_field(&block, conn_remote_addr, sizeof(text));
	zs_block_read(call->slot, &block, conn);
	if (zs_block_word(call->slot, &block, conn_remote_addr, &text) || !text)
		text = NO_TEXT;
	if (!zs_block_interface(call->slot, &block, conn_rwc, &rwc) && !zs_tuple_of(call, rwc, 0, &entry->tuple))
		entry->connection = text;
}

/*
 * The parent that the request names in its headers, if its sender is trusted, else the client span that was left for it
 * under its connection. Of two in one trace the latter is nearer: proxies pass headers on as they came. What was left is
 * taken in any case, so that no later request finds it. link gets what is not trusted.
 */
static __always_inline int find_parent(struct zs_call *call, __u32 stream, __u64 headers, struct zs_parent *parent,
				       struct zs_parent *link)
{
	int named = zs_parent_of_headers(call->slot, headers, parent);
	struct zs_parent left = {};

	if (named && !zs_trusts(call->entry->connection ? &call->entry->tuple : 0)) {
		*link = *parent;
		named = 0;
	}
	if (!call->entry->connection || !zs_take(&call->entry->tuple, stream, &left))
		return named;
	if (named && parent->span_id && (parent->trace[0] != left.trace[0] || parent->trace[1] != left.trace[1]))
		return named;
	if (named && !parent->span_id && parent->flags & ZS_EVENT_DECIDED)
		left.flags = ZS_EVENT_REMOTE_PARENT | parent->flags | (left.flags & ZS_EVENT_LEFT_OUT);
	if (named)
		left.flags |= parent->flags & ZS_EVENT_TRACESTATE;
	*parent = left;
	return 1;
}

/* What a span's start needs of its request; 0 for what can't be read. */
struct inbound {
	__u64 major, headers;
	struct go_interface context;
};

static __always_inline struct inbound read_at_start(struct zs_slot *slot, enum request_kind kind, __u64 request)
{
	struct zs_block block = ZS_BLOCK;
	struct inbound inbound = {};

	zs_block_field(&block, proto_major_in(kind), sizeof(inbound.major));
	zs_block_field(&block, header_in(kind), sizeof(inbound.headers));
	zs_block_field(&block, ctx_in(kind), sizeof(inbound.context));
	zs_block_read(slot, &block, request);
	if (zs_block_word(slot, &block, proto_major_in(kind), &inbound.major))
		return (struct inbound){};
	if (zs_block_word(slot, &block, header_in(kind), &inbound.headers))
		inbound.headers = 0;
	if (zs_block_interface(slot, &block, ctx_in(kind), &inbound.context))
		inbound.context.data = 0;
	return inbound;
}

/*
 * Of the request's headers, else what came with the client's span on this host, where that goes by the connection. Out of
 * the way, and of its caller's stack, where nothing is kept.
 */
static __noinline int keep_tracestate(struct zs_call *call, struct zs_frame *frame, __u32 stream)
{
	__u64 left;

	if (frame->flags & ZS_EVENT_TRACESTATE) {
		zs_keep_found_tracestate((struct zs_header_search *)call->slot->data, frame->span_id);
		return 0;
	}
	left = call->entry->connection ? zs_taken_tracestate(&call->entry->tuple, stream, call->entry->trace_id) : 0;
	if (zs_tracestate_copy(call->slot, left, frame->span_id))
		frame->flags |= ZS_EVENT_TRACESTATE;
	return 0;
}

/*
 * The goroutine's entry is open for writing and knows its connection, if that can be known; stream is HTTP/2's, else 0;
 * object is what the end finds the request by.
 */
static __always_inline void open_span(struct zs_call *call, __u32 stream, __u64 object, const struct inbound *inbound)
{
	struct zs_entry *entry = call->entry;
	struct zs_parent parent = {}, link = {};
	struct zs_frame *frame;
	int found = find_parent(call, stream, inbound->headers, &parent, &link);

	frame = zs_first_frame(entry, found ? &parent : 0);
	frame->hook = zs_event_type;
	frame->stack = zs_stack_depth(call);
	frame->object = object;
	if (zs_keep_tracestate && found)
		keep_tracestate(call, frame, stream);
	publish_context(call, entry, inbound->context.data);
	if (link.span_id)
		zs_remember_link(call, frame, &link);
	frame->start_ns = bpf_ktime_get_ns();
	zs_write_end(entry);
}

static __always_inline void note_handed(struct zs_call *call, __u64 writer, __u64 request);

static __always_inline void start_request(struct zs_call *call, __u64 response, __u64 request)
{
	struct inbound inbound = read_at_start(call->slot, HTTP_REQUEST, request);
	struct zs_entry *entry;

	/* an HTTP/2 stream has no net/http.response and began before it came here, see http2_server.h */
	if (inbound.major != 1) {
		note_handed(call, response, request);
		return;
	}
	entry = zs_own_entry(call);
	if (!entry)
		return;
	forget_request(entry, call->key.tgid);
	know_connection(call, entry, response);
	open_span(call, 0, response, &inbound);
}

/* serverHandler.ServeHTTP(rw ResponseWriter, req *Request): RBX, RCX = rw; RDI = req */
GO_START("net/http.serverHandler.ServeHTTP")
int serve_http_start(void *ctx)
{
	struct zs_call call;

	if (zs_budget_closed() || !zs_enter(&call, ctx))
		return 0;
	start_request(&call, go_arg(ctx, 3), go_arg(ctx, 4));
	zs_leave(&call);
	return 0;
}

/* The request is always its goroutine's outermost span. What is above it never returned: a panic went through it. */
static __always_inline struct zs_frame *open_request(struct zs_entry *entry)
{
	if (!entry || !entry->depth || entry->frames[0].hook != zs_event_type)
		return 0;
	if (entry->depth == 1 && !entry->overflow)
		return &entry->frames[0];
	zs_write_begin(entry);
	zs_abandon(entry, 1, ZS_END_PANIC);
	entry->overflow = 0;
	zs_write_end(entry);
	return &entry->frames[0];
}

#include "request_line.h"

/* Reads what a record tells of its request. */
static __always_inline void read_at_end(struct zs_slot *slot, struct zs_block *block, enum request_kind kind,
					__u64 request)
{
	zs_block_field(block, method_in(kind), sizeof(struct go_string));
	zs_block_field(block, request_uri_in(kind), sizeof(struct go_string));
	zs_block_field(block, host_in(kind), sizeof(struct go_string));
	zs_block_field(block, remote_addr_in(kind), sizeof(struct go_string));
	if (kind == HTTP_REQUEST)
		zs_block_field(block, req_pattern, sizeof(struct go_string));
	zs_block_field(block, proto_major_in(kind), sizeof(__u64));
	zs_block_field(block, proto_minor_in(kind), sizeof(__u64));
	zs_block_field(block, tls_in(kind), sizeof(__u64));
	zs_block_read(slot, block, request);
}

static __always_inline int is_ipv4(const __u8 address[16])
{
	const __u32 *word = (const __u32 *)address;

	return !word[0] && !word[1] && word[2] == __builtin_bswap32(0xffff);
}

/*
 * The client is the connection's other end, unless middleware knows better from a header. An IPv6 address may have a zone,
 * which is in the text alone.
 */
static __always_inline void read_client(struct zs_call *call, const struct zs_block *request, enum request_kind kind)
{
	const struct zs_entry *entry = call->entry;
	struct go_string text;

	if (zs_block_string(call->slot, request, remote_addr_in(kind), &text))
		return;
	if (entry->connection && entry->connection == text.data && is_ipv4(entry->tuple.client))
		zs_attr_bool(call->slot, attr_client_is_peer, 1);
	else
		zs_attr_text(call->slot, attr_client, text.data, text.length);
}

static __always_inline void read_request(struct zs_call *call, enum request_kind kind, __u64 request)
{
	struct zs_slot *slot = call->slot;
	struct zs_block block = ZS_BLOCK;
	__u64 value;

	read_at_end(slot, &block, kind, request);
	read_request_line(slot, &block, kind);
	zs_attr_text_in(slot, attr_host, &block, host_in(kind));
	read_client(call, &block, kind);
	if (kind == HTTP_REQUEST && req_pattern != ZS_NO_FIELD)
		zs_attr_fixed_text_in(slot, attr_pattern, &block, req_pattern);
	else if (kind == HTTP_REQUEST)
		read_pattern(slot, request);
	if (!zs_block_word(slot, &block, proto_major_in(kind), &value))
		zs_attr_int(slot, attr_major, value);
	if (!zs_block_word(slot, &block, proto_minor_in(kind), &value))
		zs_attr_int(slot, attr_minor, value);
	if (!zs_block_word(slot, &block, tls_in(kind), &value))
		zs_attr_bool(slot, attr_tls, value != 0);
}

/* Of the request's headers and, where response is not 0, of those that lie there. */
static __always_inline void read_headers(struct zs_call *call, const struct zs_frame *frame, __u64 request_at,
					 __u64 response)
{
	zs_attr_link(call, frame, attr_link);
	if (frame->flags & ZS_EVENT_TRACESTATE &&
	    !(zs_keep_tracestate && zs_tracestate_tell(call->slot, frame->span_id, attr_tracestate)))
		zs_attr_tracestate(call->slot, go_read_pointer(request_at), attr_tracestate);
	if (zs_capture_lengths[ZS_SERVER_REQUEST])
		zs_capture_headers(call->slot, ZS_SERVER_REQUEST, go_read_pointer(request_at),
				   attr_request_header);
	if (zs_capture_lengths[ZS_SERVER_RESPONSE] && response)
		zs_capture_headers(call->slot, ZS_SERVER_RESPONSE, go_read_pointer(response), attr_response_header);
}

/* Deferred functions run the same way when the goroutine is told to end. */
static __always_inline int is_goexit(__u64 panic)
{
	__u8 goexit = 0;

	return panic_goexit != ZS_NO_FIELD && !go_read(&goexit, sizeof(goexit), panic + panic_goexit) && goexit;
}

/* What a net/http.response says; 0 or less than 0 if it can't be read. */
struct answer {
	__u64 request;
	__s64 status;
};

static __always_inline struct answer read_response(struct zs_slot *slot, __u64 response)
{
	struct answer answer = {.status = -1};
	struct zs_block block = ZS_BLOCK;
	__u64 status;

	zs_block_field(&block, resp_req, sizeof(answer.request));
	zs_block_field(&block, resp_status, sizeof(status));
	zs_block_read(slot, &block, response);
	if (zs_block_word(slot, &block, resp_req, &answer.request))
		answer.request = 0;
	if (!zs_block_word(slot, &block, resp_status, &status))
		answer.status = status;
	return answer;
}

/* sent: the status that goes out if the handler has set none; 0: who knows */
static __always_inline void tell_outcome(struct zs_slot *slot, __s64 status, __u64 panic, __u64 sent)
{
	if (panic)
		zs_attr_bool(slot, is_goexit(panic) ? attr_goexit : attr_panic, 1);
	else if (status > 0 || (!status && sent))
		zs_attr_int(slot, attr_status, status ? status : sent);
}

static __always_inline void end_request(struct zs_call *call, __u64 only_response, __u64 panic, __u64 sent)
{
	struct zs_frame *frame = open_request(call->entry);
	struct answer answer;
	__u64 response;

	if (!frame)
		return;
	response = frame->object & ~NOT_OBJECT;
	if (only_response && response != only_response)
		return;
	if (zs_span_record(call, frame, ZS_SERVER)) {
		answer = read_response(call->slot, response);
		if (answer.request) {
			read_route(call, answer.request);
			read_request(call, HTTP_REQUEST, answer.request);
			read_headers(call, frame, answer.request + req_header, response + resp_header);
		}
		/* of the connection itself: middleware sets RemoteAddr from headers */
		if (call->entry->connection)
			zs_attr_addr(call->slot, attr_peer, call->entry->tuple.client, call->entry->tuple.client_port);
		tell_outcome(call->slot, answer.status, panic, sent);
		zs_span_submit(call);
	}
	zs_write_begin(call->entry);
	forget_request(call->entry, call->key.tgid);
	zs_write_end(call->entry);
}

/* (*response).finishRequest(), right after the handler returned, on its goroutine: RAX = response */
GO_START("net/http.(*response).finishRequest")
int finish_request(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	end_request(&call, go_arg(ctx, 1), 0, 200); /* finishRequest is about to send it */
	zs_leave(&call);
	return 0;
}

/*
 * (*response).Hijack(): RAX = response. What follows is not HTTP and may last for days. Other spans that are open
 * around the call would lose their parent: then the request ends with its connection.
 */
GO_START_OPTIONAL("net/http.(*response).Hijack")
int hijack(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	if (call.entry && call.entry->depth == 1 && !(call.entry->frames[0].object & UPGRADING))
		end_request(&call, go_arg(ctx, 1), 0,
			    call.entry->frames[0].object & SWITCHING ? SWITCHING_PROTOCOLS : 0);
	zs_leave(&call);
	return 0;
}

/* (*conn).serve's deferred function, once per connection: what a panic left open ends here. */
GO_START("net/http.(*conn).serve.func1")
int serve_end(void *ctx)
{
	__u64 panic = 0;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	if (call.entry) {
		if (go_g_panic != ZS_NO_FIELD)
			panic = go_read_pointer(call.g + go_g_panic);
		end_request(&call, 0, panic, 0);
		bpf_map_delete_elem(&zs_contexts, &call.key);
	}
	zs_leave(&call);
	return 0;
}

#include "upgrade.h"
#include "http2_server.h"
