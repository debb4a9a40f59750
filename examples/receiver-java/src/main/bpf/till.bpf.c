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
	struct go_string item = {.data = go_arg(ctx, 4), .length = go_arg(ctx, 5)};
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)));
	if (frame)
		zs_keep(&call, frame->span_id, go_arg(ctx, 6), item);
	zs_leave(&call);
	return 0;
}

/* RAX, RBX = error */
GO_RETURN("main.(*Till).Charge")
int charge_end(void *ctx)
{
	struct zs_call call;
	struct zs_frame *frame = zs_function_end(&call, ctx, ZS_INTERNAL);
	struct zs_kept *kept;

	if (!frame)
		return 0;
	kept = zs_kept_of(frame->span_id);
	if (kept) {
		zs_attr_kept(call.slot, attr_item, kept);
		zs_attr_int(call.slot, attr_cents, kept->word);
		zs_kept_drop(frame->span_id);
	}
	zs_attr_error(&call, attr_error, go_interface(go_arg(ctx, 1), go_arg(ctx, 2)));
	return zs_function_done(&call);
}
