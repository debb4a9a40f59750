/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* go-redis v9, a span for each command: (*Client).Process(ctx context.Context, cmd Cmder) error. */
#include <zerospan/probe.bpf.h>
#include <zerospan/function.h>

PROBE_ABOUT("a span for each command of github.com/redis/go-redis/v9");
SPAN_NAME("{db.operation.name}");
SPAN_CONST("db.system.name", "redis");
SPAN_ATTR_TEXT(attr_operation, "db.operation.name");
SPAN_ATTR_GO_TYPE(attr_error, "error.type");
GO_FIELD(command_args, "github.com/redis/go-redis/v9.baseCmd", "args");
GO_TYPE(text_type, "string");
GO_TYPE(reply_type, "github.com/redis/go-redis/v9/internal/proto.RedisError");

/* RAX = client; RBX, RCX = ctx; RDI, RSI = command, whose caller holds it to the end */
GO_START("github.com/redis/go-redis/v9.(*Client).Process")
int command_start(void *ctx)
{
	return zs_function_start(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 5));
}

/* redis.Nil, the text "redis: nil", says that there is no such key: an answer, no failure. */
static __always_inline int is_nil(struct zs_call *call, struct go_interface error)
{
	struct go_string text;
	__u64 start;

	return go_dynamic_type(error.itab, call->bias) == reply_type && !go_read(&text, sizeof(text), error.data) &&
	       text.length == 10 && !go_read(&start, sizeof(start), text.data) && start == 0x6e203a7369646572 /* redis: n */;
}

/* RAX, RBX = error */
GO_RETURN("github.com/redis/go-redis/v9.(*Client).Process")
int command_end(void *ctx)
{
	struct go_interface name, error = go_interface(go_arg(ctx, 1), go_arg(ctx, 2));
	struct zs_call call;
	struct zs_frame *frame = zs_function_end(&call, ctx, ZS_CLIENT);

	if (!frame)
		return 0;
	/* the first argument of a command is its name: an interface that holds a string */
	if (!go_read(&name, sizeof(name), go_read_pointer(frame->object + command_args)) &&
	    name.itab - call.bias == text_type)
		zs_attr_text_at(call.slot, attr_operation, name.data);
	if (!is_nil(&call, error))
		zs_attr_error(&call, attr_error, error);
	return zs_function_done(&call);
}
