/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* net/http's client: one span per attempt, to the response's headers or the error; the first begins with the call. */
#include <zerospan/probe.bpf.h>
#include <zerospan/block.h>
#include <zerospan/capture.h>
#include <zerospan/connection.h>
#include <zerospan/headers.h>

SPAN_NAME("HTTP");
SPAN_KIND("client");

#include "client_request.h"
#include "own_headers.h"
#include "client_attempt.h"
#include "client_connection.h"
#include "http2_client.h"

static __always_inline void start_call(struct zs_call *call, __u64 request)
{
	struct go_interface context = {};
	struct zs_frame *frame;

	/* inside another span of this goroutine nobody asks for the context */
	if ((!call->entry || !zs_alive(call->entry, zs_stack_depth(call))) &&
	    go_read(&context, sizeof(context), (request & ~CALL_OF_X_NET) + req_ctx))
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

/* The connection may have been closed while the offer was made. A function of its own, for the stack's sake. */
static __noinline int look_again(struct zs_call *call, struct tuples *tuples)
{
	struct zs_key key = connection_key(call, go_arg(call->ctx, 1));

	if (!zs_entry_find(&key))
		zs_offer_last(&tuples->now);
	return 0;
}

static __always_inline void offer_span(struct zs_call *call, __u64 persist)
{
	struct zs_frame *frame = zs_span_top(call);
	struct tuples *tuples = tuples_in(call->slot);
	struct zs_outgoing out;
	int known;

	if (!frame)
		return;
	next_attempt(call, frame);
	known = known_connection(call, persist, &tuples->now);
	if (!known && read_connection(call, persist, &tuples->now))
		return;
	if (!known)
		zs_process_seen(call->key.tgid);
	tuples->marks = zs_offer_tag(frame->span_id) | (known ? 0 : ZS_OFFER_LAST);
	withdraw(call, frame->span_id, &tuples->former);
	out = outgoing(call, frame, request_of(frame));
	out.marks |= tuples->marks;
	zs_offer_with(call, frame, &tuples->now, &out);
	if (!(tuples->marks & ZS_OFFER_LAST))
		look_again(call, tuples);
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

static __always_inline void end_call(struct zs_call *call, __u64 response, __u64 error, __u64 only)
{
	struct zs_frame *frame = zs_span_find(call);
	struct zs_tuple tuple;
	int connected, wanted;

	if (!frame || (only && !(frame->object & only)))
		return;
	connected = withdraw(call, frame->span_id, &tuple);
	wanted = zs_span_record(call, frame, ZS_CLIENT);
	if (wanted) {
		tell_adopted(call, frame);
		read_request(call->slot, request_of(frame), resends_of(frame));
		read_request_headers(call->slot, request_of(frame));
		if (connected)
			zs_attr_addr(call->slot, attr_peer, tuple.server, tuple.server_port);
		if (!error && response)
			read_response(call->slot, response);
		read_error(call->slot, error != 0, go_dynamic_type(error, call->bias));
		if (zs_out_formats & ZS_OUT_TRACECONTEXT && !(frame->flags & ZS_EVENT_ADOPTED))
			zs_tracestate_tell(call->slot, zs_tracestate_key(call->entry), attr_tracestate);
		zs_span_submit(call);
	}
	forget_adopted(call, frame);
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
