/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * HTTP/2's part of the server probe. A stream's handler runs on a goroutine of its own, which begins and ends with it,
 * whether the connection is TLS or not and whoever accepted it. net/http holds a copy of golang.org/x/net/http2, since
 * Go 1.27 in a package of its own; a program may have both, so there are two of each program.
 */
#pragma once

/* Where one of them has what is looked for. */
struct http2_server {
	__u32 conn;		       /* in serverConn: the net.Conn */
	__u32 state;		       /* in responseWriter: the responseWriterState */
	__u32 request, status, stream, header; /* in that */
	__u32 id;		       /* in stream */
	enum request_kind kind;	       /* HTTP_REQUEST: request is a pointer to it; STREAM_REQUEST: it stands there itself */
};

#define HTTP2_SERVER_FIELDS(name, in, of_kind) \
	GO_FIELD_OPTIONAL(name##_conn, in "serverConn", "conn"); \
	GO_FIELD_OPTIONAL(name##_state, in "responseWriter", "rws"); \
	GO_FIELD_OPTIONAL(name##_request, in "responseWriterState", "req"); \
	GO_FIELD_OPTIONAL(name##_status, in "responseWriterState", "status"); \
	GO_FIELD_OPTIONAL(name##_header, in "responseWriterState", "handlerHeader"); \
	GO_FIELD_OPTIONAL(name##_stream, in "responseWriterState", "stream"); \
	GO_FIELD_OPTIONAL(name##_id, in "stream", "id"); \
	static __always_inline struct http2_server name##_fields(void) \
	{ \
		return (struct http2_server){.conn = name##_conn, .state = name##_state, .request = name##_request, \
					     .status = name##_status, .stream = name##_stream, .id = name##_id, \
					     .header = name##_header, .kind = of_kind}; \
	}

HTTP2_SERVER_FIELDS(copied_http2, "net/http.http2", HTTP_REQUEST)
HTTP2_SERVER_FIELDS(own_http2, "net/http/internal/http2.", STREAM_REQUEST) /* go1.27.. */
HTTP2_SERVER_FIELDS(x_http2, "golang.org/x/net/http2.", HTTP_REQUEST)

/* A program has one or the other. */
static __always_inline struct http2_server net_http2_fields(void)
{
	return own_http2_state != ZS_NO_FIELD ? own_http2_fields() : copied_http2_fields();
}

/*
 * What a stream's goroutine notes in entry->connection, since Go 1.27: the request that net/http has made for the handler. Its
 * writer is nothing but a pointer to the stream's.
 */
static __always_inline void note_handed(struct zs_call *call, __u64 writer, __u64 request)
{
	struct zs_entry *entry = call->entry;

	if (own_http2_state == ZS_NO_FIELD || !entry || entry->depth != 1 || entry->frames[0].hook != zs_event_type ||
	    entry->frames[0].object != writer)
		return;
	zs_write_begin(entry);
	entry->connection = request;
	zs_write_end(entry);
}

/* What h2c's handler has taken over from HTTP/1 together with bytes that were read already. */
GO_TYPE(h2c_conn, "*golang.org/x/net/http2/h2c.bufConn");
GO_FIELD_OPTIONAL(h2c_conn_conn, "golang.org/x/net/http2/h2c.bufConn", "Conn");

static __always_inline int http2_known(const struct http2_server *at)
{
	if (at->kind == STREAM_REQUEST && !stream_request_known())
		return 0;
	return at->conn != ZS_NO_FIELD && at->state != ZS_NO_FIELD && at->request != ZS_NO_FIELD &&
	       at->status != ZS_NO_FIELD && at->stream != ZS_NO_FIELD && at->id != ZS_NO_FIELD;
}

static __always_inline int http2_tuple(struct zs_call *call, __u64 at)
{
	struct go_interface conn;

	if (go_read(&conn, sizeof(conn), at))
		return -1;
	if (h2c_conn && h2c_conn_conn != ZS_NO_FIELD && go_dynamic_type(conn.itab, call->bias) == h2c_conn &&
	    go_read(&conn, sizeof(conn), conn.data + h2c_conn_conn))
		return -1;
	return zs_tuple_of(call, conn, 0, &call->entry->tuple);
}

static __always_inline __u32 stream_id(const struct http2_server *at, __u64 writer)
{
	__u64 state = go_read_pointer(writer + at->state);
	__u64 stream = state ? go_read_pointer(state + at->stream) : 0;
	__u32 id = 0;

	return !stream || go_read(&id, sizeof(id), stream + at->id) ? 0 : id;
}

static __always_inline void start_stream(struct zs_call *call, const struct http2_server *at, __u64 conn, __u64 writer,
					 __u64 request)
{
	struct zs_entry *entry = zs_own_entry(call);
	struct inbound inbound;
	__u32 id;

	if (!entry)
		return;
	inbound = read_at_start(call->slot, at->kind, request);
	forget_request(entry, call->key.tgid);
	id = stream_id(at, writer);
	entry->connection = !id || http2_tuple(call, conn + at->conn) ? 0 : NO_TEXT;
	if (!entry->connection)
		entry->tuple.client_port = 0;
	open_span(call, id, writer, &inbound);
}

static __always_inline int http2_start(void *ctx, struct http2_server at)
{
	struct zs_call call;

	if (zs_budget_closed() || !http2_known(&at) || !zs_enter(&call, ctx))
		return 0;
	start_stream(&call, &at, go_arg(ctx, 1), go_arg(ctx, 2), go_arg(ctx, 3));
	zs_leave(&call);
	return 0;
}

static __always_inline __u64 request_of(const struct http2_server *at, __u64 place)
{
	return at->kind == STREAM_REQUEST ? place : go_read_pointer(place);
}

/*
 * Whether the request that was noted is still this stream's: it may have been collected while its handler ran on, and its
 * memory be another's. A stream's context is its own and lives as long.
 */
static __always_inline int still_handed(const struct zs_call *call)
{
	__u64 context;

	return call->entry->context &&
	       !go_try_read(&context, sizeof(context), call->entry->connection + req_ctx + GO_INTERFACE_DATA) &&
	       context == call->entry->context;
}

/* Appends what is told of a request; answers less than 0 if it is not all of the same one. */
static __always_inline int read_told(struct zs_call *call, const struct http2_server *at, const struct zs_frame *frame,
				     __u64 request, __u64 response)
{
	int handed = at->kind == STREAM_REQUEST && call->entry->connection > NO_TEXT && still_handed(call);
	enum request_kind kind = handed ? HTTP_REQUEST : at->kind;

	if (handed)
		request = call->entry->connection;
	asm volatile("" : "+r"(request)); /* or clang writes all that follows twice */
	read_route(call, request);
	read_request(call, kind, request);
	read_headers(call, frame, request + header_in(kind), response);
	return request == call->entry->connection && !still_handed(call) ? -1 : 0;
}

static __always_inline void read_exchange(struct zs_call *call, const struct http2_server *at,
					  const struct zs_frame *frame, int panic)
{
	struct zs_event *event = (struct zs_event *)call->slot->data;
	__u32 position = call->slot->position;
	__u8 attrs = event->attrs;
	__u64 writer = frame->object & ~NOT_OBJECT;
	__u64 state = go_read_pointer(writer + at->state);
	__u64 request = state ? request_of(at, state + at->request) : 0;
	__u64 status;

	if (request && read_told(call, at, frame, request, at->header == ZS_NO_FIELD ? 0 : state + at->header)) {
		call->slot->position = position;
		event->attrs = attrs;
		zs_count(ZS_LOST_READ);
	}
	if (call->entry->tuple.client_port)
		zs_attr_addr(call->slot, attr_peer, call->entry->tuple.client, call->entry->tuple.client_port);
	if (panic)
		zs_attr_bool(call->slot, attr_panic, 1);
	else if (state && !go_read(&status, sizeof(status), state + at->status))
		zs_attr_int(call->slot, attr_status, status ? status : 200); /* handlerDone is about to send it */
}

static __always_inline int http2_end(void *ctx, struct http2_server at)
{
	struct zs_frame *frame;
	struct zs_call call;
	int panic;

	if (!http2_known(&at) || !zs_enter(&call, ctx))
		return 0;
	frame = open_request(call.entry);
	if (frame) {
		panic = go_g_panic != ZS_NO_FIELD && go_read_pointer(call.g + go_g_panic);
		if (zs_span_record(&call, frame, ZS_SERVER)) {
			read_exchange(&call, &at, frame, panic);
			zs_span_submit(&call);
		}
		forget_request(call.entry, call.key.tgid);
		bpf_map_delete_elem(&zs_contexts, &call.key);
	}
	zs_leave(&call);
	return 0;
}

#define NET_RUN_HANDLER \
	"net/http.(*http2serverConn).runHandler|" \
	"net/http/internal/http2.(*serverConn).runHandler"

/* (*serverConn).runHandler(rw *responseWriter, req *Request or *ServerRequest, handler): RAX = sc, RBX = rw, RCX = req */
GO_START_OPTIONAL(NET_RUN_HANDLER)
int net_http2_start(void *ctx)
{
	return http2_start(ctx, net_http2_fields());
}

GO_START_OPTIONAL("golang.org/x/net/http2.(*serverConn).runHandler")
int x_http2_start(void *ctx)
{
	return http2_start(ctx, x_http2_fields());
}

#define NET_HANDLER_RAN \
	"net/http.(*http2serverConn).runHandler.func1|" \
	"net/http/internal/http2.(*serverConn).runHandler.func1"

/* Its deferred function: the handler has returned or panicked, and the response is still its own. */
GO_START_OPTIONAL(NET_HANDLER_RAN)
int net_http2_end(void *ctx)
{
	return http2_end(ctx, net_http2_fields());
}

GO_START_OPTIONAL("golang.org/x/net/http2.(*serverConn).runHandler.func1")
int x_http2_end(void *ctx)
{
	return http2_end(ctx, x_http2_fields());
}
