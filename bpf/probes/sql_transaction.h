/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The steps of a transaction: begin, commit, rollback. */
#pragma once

#include "sql_error.h"
#include "sql_server.h"
#include "sql_text.h"

GO_FIELD_OPTIONAL(tx_dc, "database/sql.Tx", "dc");
GO_FIELD_OPTIONAL(tx_ctx, "database/sql.Tx", "ctx");
GO_FIELD_OPTIONAL(tx_done, "database/sql.Tx", "done.v|done"); /* ..go1.19: an int32 */

SPAN_ATTR_INT(attr_operation, "zs.operation");

/* Numbers of "zs.operation". */
enum operation {
	BEGIN = 1,
	COMMIT = 2,
	ROLLBACK = 3,
};

static __always_inline int start_step(void *ctx, enum operation operation, struct go_interface context, __u64 conn)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, context);
	if (frame && zs_span_wanted(frame)) {
		zs_keep_begin(&call);
		read_conn(&call, conn);
		zs_attr_int(call.slot, attr_operation, operation);
		zs_keep(&call, frame->span_id);
	}
	zs_leave(&call);
	return 0;
}

/* A transaction that is over does nothing more; "defer tx.Rollback()" after a commit is how Go programs look. */
static __always_inline int start_last_step(void *ctx, enum operation operation, __u64 tx)
{
	struct go_interface context = {};
	__u32 done = 0;

	if (!zs_armed(ctx) || tx_dc == ZS_NO_FIELD || tx_ctx == ZS_NO_FIELD || tx_done == ZS_NO_FIELD)
		return 0;
	if (go_read(&done, sizeof(done), tx + tx_done) || done)
		return 0;
	if (go_read(&context, sizeof(context), tx + tx_ctx))
		context.itab = 0;
	return start_step(ctx, operation, context, go_read_pointer(tx + tx_dc));
}

/* (*DB).beginDC(ctx Context, dc *driverConn, release func, opts *TxOptions): RAX = db */
GO_START_OPTIONAL("database/sql.(*DB).beginDC")
int begin_start(void *ctx)
{
	return start_step(ctx, BEGIN, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 4));
}

/* RAX = tx; RBX, RCX = error */
GO_RETURN_OPTIONAL("database/sql.(*DB).beginDC")
int begin_end(void *ctx)
{
	return end_kept(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)));
}

/* (*Tx).Commit(): RAX = tx */
GO_START_OPTIONAL("database/sql.(*Tx).Commit")
int commit_start(void *ctx)
{
	return start_last_step(ctx, COMMIT, go_arg(ctx, 1));
}

/* RAX, RBX = error */
GO_RETURN_OPTIONAL("database/sql.(*Tx).Commit")
int commit_end(void *ctx)
{
	return end_kept(ctx, go_interface(go_arg(ctx, 1), go_arg(ctx, 2)));
}

/* (*Tx).rollback(discardConn bool): RAX = tx; also when the transaction's context ends, in a goroutine of its own */
GO_START_OPTIONAL("database/sql.(*Tx).rollback")
int rollback_start(void *ctx)
{
	return start_last_step(ctx, ROLLBACK, go_arg(ctx, 1));
}

/* RAX, RBX = error */
GO_RETURN_OPTIONAL("database/sql.(*Tx).rollback")
int rollback_end(void *ctx)
{
	return end_kept(ctx, go_interface(go_arg(ctx, 1), go_arg(ctx, 2)));
}
