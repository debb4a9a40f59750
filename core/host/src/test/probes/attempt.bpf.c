/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Each attempt of a command of go-redis, which happens inside the call that the example probes. */
#include <zerospan/probe.bpf.h>
#include <zerospan/function.h>

SPAN_NAME("attempt");
SPAN_ATTR_BOOL(attr_failed, "zs.failed");

GO_START("github.com/redis/go-redis/v9.(*baseClient)._process")
int attempt_start(void *ctx)
{
	return zs_function_start(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)), 0);
}

/* RAX = retry; RBX, RCX = error */
GO_RETURN("github.com/redis/go-redis/v9.(*baseClient)._process")
int attempt_end(void *ctx)
{
	struct zs_call call;

	if (!zs_function_end(&call, ctx, ZS_INTERNAL))
		return 0;
	zs_attr_bool(call.slot, attr_failed, go_arg(ctx, 2) != 0);
	return zs_function_done(&call);
}
