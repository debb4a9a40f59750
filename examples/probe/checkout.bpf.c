/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A span for each (*Cart).Checkout(ctx context.Context, db *sql.DB) error of examples/shop. */
#include <zerospan/probe.bpf.h>
#include <zerospan/function.h>

PROBE_ABOUT("a span for each checkout of the shop");
SPAN_NAME("checkout");
SPAN_ATTR_GO_TYPE(attr_error, "error.type");

/* RAX = cart; RBX, RCX = ctx. The cart may lie on the stack, which moves: nothing of it is kept. */
GO_START("zerospan.example/shop/cart.(*Cart).Checkout")
int checkout_start(void *ctx)
{
	return zs_function_start(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)), 0);
}

/* RAX, RBX = error */
GO_RETURN("zerospan.example/shop/cart.(*Cart).Checkout")
int checkout_end(void *ctx)
{
	struct zs_call call;
	struct zs_frame *frame = zs_function_end(&call, ctx, ZS_INTERNAL);

	if (!frame)
		return 0;
	zs_attr_error(&call, attr_error, go_interface(go_arg(ctx, 1), go_arg(ctx, 2)));
	return zs_function_done(&call);
}
