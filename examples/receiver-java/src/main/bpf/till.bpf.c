/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A span for each (*Till).Charge(ctx context.Context, item string, cents int) error. */
#include <zerospan/probe.bpf.h>
#include <zerospan/function.h>
#include <zerospan/keep.h>

SPAN_NAME("charge");
SPAN_ATTR_TEXT(attr_item, "till.item");
SPAN_ATTR_INT(attr_cents, "zs.cents"); /* for the shaper: what begins with zs. stays in the host */
SPAN_ATTR_GO_TYPE(attr_error, "error.type");

/* RAX = till; RBX, RCX = ctx; RDI, RSI = item; R8 = cents. The item may be gone when the function returns: it is kept. */
GO_START("main.(*Till).Charge")
int charge_start(void *ctx)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)));
	if (frame && zs_span_wanted(frame)) {
		zs_keep_begin(&call);
		zs_attr_text(call.slot, attr_item, go_arg(ctx, 4), go_arg(ctx, 5));
		zs_attr_int(call.slot, attr_cents, go_arg(ctx, 6));
		zs_keep(&call, frame->span_id);
	}
	zs_leave(&call);
	return 0;
}

/* RAX, RBX = error */
GO_RETURN("main.(*Till).Charge")
int charge_end(void *ctx)
{
	struct zs_call call;
	struct zs_frame *frame = zs_function_end(&call, ctx, ZS_INTERNAL);

	if (!frame)
		return 0;
	zs_attr_kept(&call, frame->span_id);
	zs_attr_error(&call, attr_error, go_interface(go_arg(ctx, 1), go_arg(ctx, 2)));
	return zs_function_done(&call);
}
