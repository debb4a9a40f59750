/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The most usual probe: a span for each call of one Go function, on one goroutine. Include it beside probe.bpf.h.
 *
 *	GO_START("example.com/shop.(*Cart).Checkout")
 *	int checkout_start(void *ctx)
 *	{
 *		return zs_function_start(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 1));
 *	}
 *
 *	GO_RETURN("example.com/shop.(*Cart).Checkout")
 *	int checkout_end(void *ctx)
 *	{
 *		struct zs_call call;
 *		struct zs_frame *frame = zs_function_end(&call, ctx, ZS_INTERNAL);
 *
 *		if (!frame)
 *			return 0;
 *		... zs_attr_int(call.slot, attr_items, ...) ...
 *		return zs_function_done(&call);
 *	}
 */
#pragma once

#include "span.h"

static __always_inline struct go_interface go_interface(__u64 itab, __u64 data)
{
	return (struct go_interface){.itab = itab, .data = data};
}

/*
 * Opens a span. Its parent is the goroutine's open span, else the one that context was made in; a function without a
 * context passes go_interface(0, 0). The object, a pointer or a number, is found again in frame->object at the end.
 */
static __always_inline int zs_function_start(void *ctx, struct go_interface context, __u64 object)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, context);
	if (frame)
		frame->object = object;
	zs_leave(&call);
	return 0;
}

/* Begins the record of the span that ends here; attributes may follow, then zs_function_done must. Null: nothing to do. */
static __always_inline struct zs_frame *zs_function_end(struct zs_call *call, void *ctx, __u8 kind)
{
	struct zs_frame *frame;

	if (!zs_enter(call, ctx))
		return 0;
	frame = zs_span_find(call);
	if (frame)
		zs_span_record(call, frame, kind);
	else
		zs_leave(call);
	return frame;
}

static __always_inline int zs_function_done(struct zs_call *call)
{
	zs_span_submit(call);
	zs_span_pop(call);
	zs_leave(call);
	return 0;
}

/* Appends the name of an error's type; a nil error leaves no attribute. "error.type" makes the span a failed one. */
static __always_inline void zs_attr_error(struct zs_call *call, __u16 id, struct go_interface error)
{
	zs_attr_go_type(call->slot, id, go_dynamic_type(error.itab, call->bias));
}
