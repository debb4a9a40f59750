/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The attempts of one call. Where one fails in a way that allows it, net/http's transport sends the request again by
 * itself. So an attempt's failure is noted, with its time and its error, and when the next one begins the first's span
 * ends with both and another span stands in its place; if none begins, the call ends, and the note means nothing.
 */
#pragma once

/*
 * frame->object is the request and, in the bits that a pointer does not use: x/net's transport opened the span; how often
 * the request was sent again. Go's heap ends below 1 << 48, and pointers to structs are even.
 */
#define CALL_OF_X_NET 1ull
#define RESENDS_SHIFT 48
#define RESENDS_MAX 0xffffull

/* An attempt's fence: 0, then the stream that was offered, or that there is nobody any more to withdraw an offer. */
#define ATTEMPT_OVER (~0u)

/* What no stream is called: a noted failure is an offer to nobody. */
#define NO_STREAM (~0ull)

GO_TYPE(nothing_written, "net/http.nothingWrittenError");
GO_TYPE(nothing_read, "net/http.transportReadFromServerError");

/*
 * Connections that are compared, out of the stack: up to Linux 6.6 a chain of calls has 512 bytes, each rounded up to 32. They
 * lie behind a block and the bits of unread_of.
 */
struct tuples {
	struct zs_tuple now, former;
	__u64 marks; /* of an offer */
};

static __always_inline struct tuples *tuples_in(struct zs_slot *slot)
{
	return (struct tuples *)(zs_block_bytes(slot) + ZS_BLOCK_BYTES + sizeof(__u64));
}

_Static_assert(ZS_BLOCK_BYTES + sizeof(__u64) + sizeof(struct tuples) <= ZS_SLACK, "lie in the slot");

static __always_inline __u64 request_of(const struct zs_frame *frame)
{
	return frame->object & ((1ull << RESENDS_SHIFT) - 1) & ~CALL_OF_X_NET;
}

static __always_inline __u64 resends_of(const struct zs_frame *frame)
{
	return frame->object >> RESENDS_SHIFT;
}

/* The call that this function is called by: one that a panic went through was not shallower. */
static __always_inline struct zs_frame *calling_frame(struct zs_call *call)
{
	struct zs_frame *frame = zs_span_top(call);
	__u32 stack = zs_stack_depth(call);

	return frame && (!stack || frame->stack < stack) ? frame : 0;
}

/*
 * Takes back what the goroutine's span left, over whichever protocol; answers 1 and gives the connection if there was
 * one. See zs_withdraw.
 */
static __always_inline int withdraw(struct zs_call *call, __u64 span_id, struct zs_tuple *tuple)
{
	struct zs_key key = {.kind = ZS_KEY_CONNECTION};
	struct zs_entry *attempt;
	__u32 stream;

	if (!call->entry->offer)
		return 0;
	key.id = zs_attempt_id(call->key.tgid, call->key.id);
	attempt = call->entry->offer == key.id ? zs_entry_find(&key) : 0;
	if (attempt) {
		stream = __sync_lock_test_and_set(&attempt->fence, ATTEMPT_OVER);
		if (stream)
			zs_entry_delete(zs_tuple_hash(&attempt->tuple, stream), 0, ZS_KEY_CONNECTION);
	}
	return zs_withdraw(call, span_id, tuple) && tuple->server_port;
}

/* The type of an attempt's error; where net/http wraps it for itself, of what the caller would get to see. */
static __always_inline __u64 error_type(struct go_interface error, __u64 bias)
{
	__u64 type = go_dynamic_type(error.itab, bias);

	/* both are structs of nothing but the error */
	if (type && (type == nothing_written || type == nothing_read) && !go_read(&error, sizeof(error), error.data))
		type = go_dynamic_type(error.itab, bias);
	return type;
}

static __always_inline __u64 failure_id(struct zs_call *call)
{
	return ~zs_attempt_id(call->key.tgid, call->key.id);
}

/* Takes what the attempt left for a server back, and leaves its failure in the same place. */
static __always_inline void note_failure(struct zs_call *call, struct go_interface error)
{
	struct zs_key key = {.id = failure_id(call), .kind = ZS_KEY_CONNECTION};
	struct zs_frame *frame = calling_frame(call);
	struct zs_tuple tuple = {};
	struct zs_entry *failure;

	if (!frame)
		return;
	withdraw(call, frame->span_id, &tuple);
	failure = zs_entry_new(&key);
	if (!failure)
		return;
	failure->tuple = tuple;
	failure->connection = NO_STREAM;
	failure->owner_tgid = call->key.tgid;
	failure->frames[0].span_id = frame->span_id;
	failure->frames[0].start_ns = bpf_ktime_get_ns();
	failure->frames[0].object = error_type(error, call->bias);
	failure->fence = ZS_OFFER_LAST;
	failure->depth = 1;
	zs_write_end(failure);
	call->entry->offer = key.id;
}

static __always_inline void record_failure(struct zs_call *call, struct zs_frame *frame, __u64 end_ns, __u64 type,
					   const struct zs_tuple *peer)
{
	struct zs_event *event = (struct zs_event *)call->slot->data;

	if (!zs_span_record(call, frame, ZS_CLIENT))
		return;
	tell_adopted(call, frame);
	event->end_ns = end_ns;
	read_request(call->slot, request_of(frame), resends_of(frame));
	if (peer)
		zs_attr_addr(call->slot, attr_peer, peer->server, peer->server_port);
	read_error(call->slot, 1, type);
	zs_span_submit(call);
}

/* Out of the way of requests that go well. */
static __noinline int end_attempt(struct zs_call *call, struct zs_frame *frame)
{
	struct zs_key key = {.id = failure_id(call), .kind = ZS_KEY_CONNECTION};
	struct zs_entry *failure = call->entry->offer == key.id ? zs_entry_find(&key) : 0;
	struct zs_tuple tuple = {};
	__u64 end_ns, type, former = frame->span_id;
	int connected;

	if (!failure)
		return 0;
	end_ns = failure->frames[0].start_ns;
	type = failure->frames[0].object;
	connected = withdraw(call, frame->span_id, &tuple);
	record_failure(call, frame, end_ns, type, connected ? &tuple : 0);
	zs_span_again(call, frame);
	keep_adopted(call, frame, former);
	if (resends_of(frame) < RESENDS_MAX)
		frame->object += 1ull << RESENDS_SHIFT;
	return 0;
}

/* If the attempt before this one failed, its span ends there and then, and the frame is the next one's. */
static __always_inline void next_attempt(struct zs_call *call, struct zs_frame *frame)
{
	if (call->entry->offer)
		end_attempt(call, frame);
}

static __always_inline int attempt_failed(void *ctx, struct go_interface error)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	note_failure(&call, error);
	zs_leave(&call);
	return 0;
}

/* (*persistConn).shouldRetryRequest(req *Request, err error) bool: RCX, RDI = err */
GO_START_OPTIONAL("net/http.(*persistConn).shouldRetryRequest")
int connection_failed(void *ctx)
{
	return attempt_failed(ctx, (struct go_interface){go_arg(ctx, 3), go_arg(ctx, 4)});
}

/* shouldRetryRequest(req, err error) (its type, error): RBX, RCX = err */
GO_START_OPTIONAL("net/http.http2shouldRetryRequest|net/http/internal/http2.shouldRetryRequest")
int net_http2_failed(void *ctx)
{
	return attempt_failed(ctx, (struct go_interface){go_arg(ctx, 2), go_arg(ctx, 3)});
}

GO_START_OPTIONAL("golang.org/x/net/http2.shouldRetryRequest")
int x_http2_failed(void *ctx)
{
	return attempt_failed(ctx, (struct go_interface){go_arg(ctx, 2), go_arg(ctx, 3)});
}

/* rewindBody(req *Request) (*Request, error), the last thing before the transport looks for another connection */
GO_START_OPTIONAL("net/http.rewindBody")
int sent_again(void *ctx)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = calling_frame(&call);
	if (frame)
		next_attempt(&call, frame);
	zs_leave(&call);
	return 0;
}
