/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * HTTP/2's part of the client probe. Many requests share a connection, and each is written by a goroutine that its
 * caller starts. So the caller notes its attempt under its own goroutine's id; the writer, who knows by whom it was
 * started and which stream it got, leaves the span for the server under the connection and the stream.
 *
 * It is the right span: a caller that has turned to something else has cancelled the stream before, and a writer looks
 * for that behind this probe and before it writes: see roundTrip and encodeAndWriteHeaders in
 * https://github.com/golang/net/blob/v0.28.0/http2/transport.go
 */
#pragma once

GO_FIELD_OPTIONAL(go_g_parent, "runtime.g", "parentGoid"); /* go1.21.. */
GO_FIELD_OPTIONAL(copied_client_conn, "net/http.http2ClientConn", "tconn");
GO_FIELD_OPTIONAL(copied_stream_id, "net/http.http2clientStream", "ID");
GO_FIELD_OPTIONAL(own_client_conn, "net/http/internal/http2.ClientConn", "tconn"); /* go1.27.. */
GO_FIELD_OPTIONAL(own_stream_id, "net/http/internal/http2.clientStream", "ID");
GO_FIELD_OPTIONAL(x_client_conn, "golang.org/x/net/http2.ClientConn", "tconn");
GO_FIELD_OPTIONAL(x_stream_id, "golang.org/x/net/http2.clientStream", "ID");

static __always_inline void note_attempt(struct zs_call *call, __u64 client, __u32 conn_at)
{
	struct zs_key key = {.id = zs_attempt_id(call->key.tgid, call->key.id), .kind = ZS_KEY_CONNECTION};
	struct zs_frame *frame = calling_frame(call);
	struct tuples *tuples = tuples_in(call->slot);
	struct zs_outgoing out;
	struct go_interface conn;

	if (!frame)
		return;
	next_attempt(call, frame);
	withdraw(call, frame->span_id, &tuples->former);
	if (go_read(&conn, sizeof(conn), client + conn_at) || zs_tuple_of(call, conn, 1, &tuples->now))
		return;
	zs_process_seen(call->key.tgid);
	out = outgoing(call, frame, request_of(frame));
	out.marks = 0; /* an attempt's fence is another's */
	out.client = client;
	zs_offer_once(call, &key, frame, &tuples->now, &out);
	call->entry->offer = key.id;
}

static __always_inline int http2_attempt(void *ctx, __u32 conn)
{
	struct zs_call call;

	if (conn == ZS_NO_FIELD || !zs_enter(&call, ctx))
		return 0;
	note_attempt(&call, go_arg(ctx, 1), conn);
	zs_leave(&call);
	return 0;
}

static __always_inline void offer_stream(struct zs_call *call, __u64 id_at)
{
	struct zs_key key = {.kind = ZS_KEY_CONNECTION}, offered = {.kind = ZS_KEY_CONNECTION};
	struct zs_entry *attempt, *offer;
	struct zs_parent span;
	struct zs_tuple tuple;
	__u32 stream, formats;
	__u64 state;

	key.id = zs_attempt_id(call->key.tgid, go_read_pointer(call->g + go_g_parent));
	attempt = zs_entry_find(&key);
	if (!attempt)
		return;
	tuple = attempt->tuple;
	formats = attempt->frames[0].object;
	state = attempt->base_parent;
	if (!zs_entry_read(attempt, &key, &span) || span.process_start_ns != zs_process_start() ||
	    go_read(&stream, sizeof(stream), id_at) || !stream)
		return;
	offered.id = zs_tuple_hash(&tuple, stream);
	offer = zs_entry_new(&offered);
	if (!offer)
		return;
	__builtin_memcpy(offer->trace_id, span.trace, sizeof(offer->trace_id));
	offer->tuple = tuple;
	offer->connection = stream;
	offer->owner_tgid = call->key.tgid;
	offer->frames[0].span_id = span.span_id;
	offer->frames[0].flags = span.flags;
	offer->frames[0].object = formats;
	offer->base_parent = state;
	offer->depth = 1;
	if (!zs_hand_over)
		zs_mark(offer, ZS_OFFER_TAKEN);
	zs_write_end(offer);
	/* whoever withdraws it must know of it; a mark in an entry that was given away means nothing there */
	if (__sync_val_compare_and_swap(&attempt->fence, 0, stream) || !zs_key_equal(&attempt->key, &key))
		bpf_map_delete_elem(&zs_contexts, &offered);
}

static __always_inline int http2_write(void *ctx, __u32 id)
{
	struct zs_call call;

	if (id == ZS_NO_FIELD || go_g_parent == ZS_NO_FIELD || !zs_enter(&call, ctx))
		return 0;
	offer_stream(&call, go_arg(ctx, 1) + id);
	zs_leave(&call);
	return 0;
}

/* In Go 1.27 (*http2ClientConn).RoundTrip is something else. */
#define NET_ATTEMPT \
	"net/http/internal/http2.(*ClientConn).roundTrip|" \
	"net/http.(*http2ClientConn).roundTrip|" \
	"net/http.(*http2ClientConn).RoundTrip"

/* (*ClientConn).roundTrip(req, …), the connection is chosen: RAX = cc */
GO_START_OPTIONAL(NET_ATTEMPT)
int net_http2_attempt(void *ctx)
{
	return http2_attempt(ctx, own_client_conn != ZS_NO_FIELD ? own_client_conn : copied_client_conn);
}

#define X_ATTEMPT \
	"golang.org/x/net/http2.(*ClientConn).internalRoundTrip|" \
	"golang.org/x/net/http2.(*ClientConn).roundTrip|" \
	"golang.org/x/net/http2.(*ClientConn).RoundTrip"

GO_START_OPTIONAL(X_ATTEMPT)
int x_http2_attempt(void *ctx)
{
	return http2_attempt(ctx, x_client_conn);
}

#define NET_WRITE \
	"net/http.(*http2clientStream).encodeAndWriteHeaders|" \
	"net/http/internal/http2.(*clientStream).encodeAndWriteHeaders"

/* (*clientStream).encodeAndWriteHeaders(req), the stream has its id, nothing is written yet: RAX = cs */
GO_START_OPTIONAL(NET_WRITE)
int net_http2_write(void *ctx)
{
	return http2_write(ctx, own_stream_id != ZS_NO_FIELD ? own_stream_id : copied_stream_id);
}

GO_START_OPTIONAL("golang.org/x/net/http2.(*clientStream).encodeAndWriteHeaders")
int x_http2_write(void *ctx)
{
	return http2_write(ctx, x_stream_id);
}
