/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* net/http's client: one span per attempt, from the transport's call to the response's headers or the error. */
#include <zerospan/probe.bpf.h>
#include <zerospan/connection.h>
#include <zerospan/headers.h>

GO_FIELD(req_method, "net/http.Request", "Method");
GO_FIELD(req_url, "net/http.Request", "URL");
GO_FIELD(req_ctx, "net/http.Request", "ctx");
GO_FIELD(req_header, "net/http.Request", "Header");
GO_FIELD(req_response, "net/http.Request", "Response");
GO_FIELD(url_scheme, "net/url.URL", "Scheme");
GO_FIELD(url_opaque, "net/url.URL", "Opaque");
GO_FIELD(url_user, "net/url.URL", "User");
GO_FIELD(url_host, "net/url.URL", "Host");
GO_FIELD(url_path, "net/url.URL", "Path");
GO_FIELD(url_raw_path, "net/url.URL", "RawPath");
GO_FIELD(url_raw_query, "net/url.URL", "RawQuery");
GO_FIELD(resp_status, "net/http.Response", "StatusCode");
GO_FIELD(resp_request, "net/http.Response", "Request");
GO_FIELD(resp_proto_major, "net/http.Response", "ProtoMajor");
GO_FIELD(resp_proto_minor, "net/http.Response", "ProtoMinor");
GO_FIELD(persist_conn, "net/http.persistConn", "conn");

SPAN_NAME("HTTP");
SPAN_KIND("client");
SPAN_ATTR_TEXT(attr_method, "zs.method");
SPAN_ATTR_TEXT(attr_scheme, "zs.scheme");
SPAN_ATTR_TEXT(attr_opaque, "zs.opaque");
SPAN_ATTR_BOOL(attr_user, "zs.user");
SPAN_ATTR_TEXT(attr_host, "zs.host");
SPAN_ATTR_TEXT(attr_path, "zs.path");
SPAN_ATTR_TEXT(attr_raw_path, "zs.raw_path");
SPAN_ATTR_TEXT(attr_query, "zs.query");
SPAN_ATTR_ADDR(attr_peer, "network.peer");
SPAN_ATTR_INT(attr_resends, "http.request.resend_count");
SPAN_ATTR_INT(attr_status, "http.response.status_code");
SPAN_ATTR_INT(attr_major, "zs.proto_major");
SPAN_ATTR_INT(attr_minor, "zs.proto_minor");
SPAN_ATTR_GO_TYPE(attr_error, "error.type");

/* In frame->object, beside the request: x/net's transport opened the span. Pointers to structs are even. */
#define CALL_OF_X_NET 1ull

#include "own_headers.h"
#include "http2_client.h"

static __always_inline void start_call(struct zs_call *call, __u64 request)
{
	struct go_interface context = {};
	struct zs_frame *frame;

	if (go_read(&context, sizeof(context), (request & ~CALL_OF_X_NET) + req_ctx))
		context.itab = 0;
	frame = zs_span_start(call, context);
	if (frame)
		frame->object = request;
}

/* (*Transport).roundTrip(req *Request) (*Response, error): RBX = req */
GO_START("net/http.(*Transport).roundTrip")
int round_trip_start(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	start_call(&call, go_arg(ctx, 2));
	zs_leave(&call);
	return 0;
}

static __always_inline void offer_span(struct zs_call *call, __u64 persist)
{
	struct zs_frame *frame = zs_span_top(call);
	struct zs_tuple tuple = {}, former;
	struct go_interface conn;
	struct zs_outgoing out;

	if (!frame)
		return;
	if (go_read(&conn, sizeof(conn), persist + persist_conn) || zs_tuple_of(conn, call->bias, 1, &tuple))
		return;
	withdraw(call, frame->span_id, &former); /* a retry goes over another connection */
	out = outgoing(call, frame);
	zs_offer_with(call, frame, &tuple, &out);
}

/* (*persistConn).roundTrip(req *transportRequest), the connection is chosen, nothing is written yet: RAX = pc */
GO_START("net/http.(*persistConn).roundTrip")
int connection_chosen(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	offer_span(&call, go_arg(ctx, 1));
	zs_leave(&call);
	return 0;
}

static __always_inline void read_url(struct zs_slot *slot, __u64 url)
{
	__u64 user;

	zs_attr_text_at(slot, attr_scheme, url + url_scheme);
	zs_attr_text_at(slot, attr_opaque, url + url_opaque);
	zs_attr_text_at(slot, attr_host, url + url_host);
	zs_attr_text_at(slot, attr_path, url + url_path);
	zs_attr_text_at(slot, attr_raw_path, url + url_raw_path);
	zs_attr_text_at(slot, attr_query, url + url_raw_query);
	if (!go_read(&user, sizeof(user), url + url_user) && user)
		zs_attr_bool(slot, attr_user, 1);
}

/* Redirects that are followed back to count them; net/http gives up at 10 unless it is told otherwise. */
#define REDIRECTS_MAX 16

/* A request that follows a redirect leads to the answer that sent it on, and that to its own request. */
static __always_inline void read_resends(struct zs_slot *slot, __u64 request)
{
	int resends;

	for (resends = 0; resends < REDIRECTS_MAX; resends++) {
		__u64 response = go_read_pointer(request + req_response);

		if (!response)
			break;
		request = go_read_pointer(response + resp_request);
		if (!request)
			return;
	}
	if (resends)
		zs_attr_int(slot, attr_resends, resends);
}

static __always_inline void read_request(struct zs_slot *slot, __u64 request)
{
	__u64 url = go_read_pointer(request + req_url);

	zs_attr_text_at(slot, attr_method, request + req_method);
	if (url)
		read_url(slot, url);
	read_resends(slot, request);
}

static __always_inline void read_response(struct zs_slot *slot, __u64 response)
{
	__u64 value;

	if (!go_read(&value, sizeof(value), response + resp_status))
		zs_attr_int(slot, attr_status, value);
	if (!go_read(&value, sizeof(value), response + resp_proto_major))
		zs_attr_int(slot, attr_major, value);
	if (!go_read(&value, sizeof(value), response + resp_proto_minor))
		zs_attr_int(slot, attr_minor, value);
}

static __always_inline void end_call(struct zs_call *call, __u64 response, __u64 error, __u64 only)
{
	struct zs_frame *frame = zs_span_find(call);
	struct zs_tuple tuple;
	int connected, wanted;

	if (!frame || (only && !(frame->object & only)))
		return;
	connected = withdraw(call, frame->span_id, &tuple);
	wanted = zs_span_record(call, frame, ZS_CLIENT);
	take_adopted(call, frame);
	if (wanted) {
		read_request(call->slot, frame->object & ~CALL_OF_X_NET);
		if (connected)
			zs_attr_addr(call->slot, attr_peer, tuple.server, tuple.server_port);
		if (error)
			zs_attr_go_type(call->slot, attr_error, go_dynamic_type(error, call->bias));
		else if (response)
			read_response(call->slot, response);
		zs_span_submit(call);
	}
	zs_span_pop(call);
}

/* RAX = response; RBX, RCX = error */
GO_RETURN("net/http.(*Transport).roundTrip")
int round_trip_end(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	end_call(&call, go_arg(ctx, 1), go_arg(ctx, 2), 0);
	zs_leave(&call);
	return 0;
}

/*
 * golang.org/x/net/http2's transport where it is used without net/http's; within that there is a span already. (t
 * *Transport, req *Request) → (*Response, error), all its attempts: RBX = req; RAX = response, RBX, RCX = error
 */
#define X_NET_ROUND_TRIP \
	"golang.org/x/net/http2.(*Transport).roundTripViaPool|" \
	"golang.org/x/net/http2.(*Transport).RoundTripOpt"

GO_START_OPTIONAL(X_NET_ROUND_TRIP)
int x_round_trip_start(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	if (!calling_frame(&call))
		start_call(&call, go_arg(ctx, 2) | CALL_OF_X_NET);
	zs_leave(&call);
	return 0;
}

GO_RETURN_OPTIONAL(X_NET_ROUND_TRIP)
int x_round_trip_end(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	end_call(&call, go_arg(ctx, 1), go_arg(ctx, 2), CALL_OF_X_NET);
	zs_leave(&call);
	return 0;
}
