/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * database/sql: one span per attempt that reaches a driver. queryDC and execDC are what DB, Conn and Tx have in common
 * below the retries; prepared statements go another way, see sql_prepared.h. A span ends when the call returns, so that
 * reading rows is not in it. The linker leaves out what a program never calls, so each hook is optional.
 */
#include "sql_error.h"
#include "sql_server.h"
#include "sql_text.h"

SPAN_NAME("SQL");
SPAN_KIND("client");

static __always_inline int start_query(void *ctx, struct go_interface context, __u64 conn, struct go_string query)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, context);
	if (frame && zs_span_wanted(frame)) {
		zs_keep_begin(&call);
		read_conn(&call, conn);
		read_text(&call, query);
		zs_keep(&call, frame->span_id);
	}
	zs_leave(&call);
	return 0;
}

/* Ends a span whose start has kept all there is to say but the error. */
static __always_inline int end_kept(void *ctx, struct go_interface error)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_find(&call);
	if (frame) {
		if (zs_span_record(&call, frame, ZS_CLIENT)) {
			zs_attr_kept(&call, frame->span_id);
			read_error(&call, error);
			zs_span_submit(&call);
		}
		zs_span_pop(&call);
	}
	zs_leave(&call);
	return 0;
}

/* (*DB).queryDC(ctx, txctx Context, dc *driverConn, releaseConn func, query string, args []any): RAX = db */
GO_START_OPTIONAL("database/sql.(*DB).queryDC")
int query_start(void *ctx)
{
	struct go_string query = {.data = go_arg(ctx, 8), .length = go_arg(ctx, 9)};

	return start_query(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 6), query);
}

/* RAX = rows; RBX, RCX = error */
GO_RETURN_OPTIONAL_UNLESS("database/sql.(*DB).queryDC", "database/sql.(*Rows).initContextClose")
int query_end(void *ctx)
{
	return end_kept(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)));
}

/*
 * (*Rows).initContextClose(ctx, txctx Context): the last that queryDC does, and only where there is no error. Prepared
 * statements, whose frames have an object, call it from within a function that they may call again.
 */
GO_START_OPTIONAL("database/sql.(*Rows).initContextClose")
int query_rows(void *ctx)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	/* a query within this one that a panic went through, and the driver recovered, was called from deeper */
	if (call.entry) {
		zs_drop_dead(call.entry, zs_stack_depth(&call));
		zs_write_end(call.entry);
	}
	frame = zs_span_find(&call);
	if (frame && !frame->object) {
		if (zs_span_record(&call, frame, ZS_CLIENT)) {
			zs_attr_kept(&call, frame->span_id);
			zs_span_submit(&call);
		}
		zs_span_pop(&call);
	}
	zs_leave(&call);
	return 0;
}

/* (*DB).execDC(ctx Context, dc *driverConn, release func, query string, args []any): RAX = db */
GO_START_OPTIONAL("database/sql.(*DB).execDC")
int exec_start(void *ctx)
{
	struct go_string query = {.data = go_arg(ctx, 6), .length = go_arg(ctx, 7)};

	return start_query(ctx, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 4), query);
}

/* RAX, RBX = result; RCX, RDI = error */
GO_RETURN_OPTIONAL("database/sql.(*DB).execDC")
int exec_end(void *ctx)
{
	return end_kept(ctx, go_interface(go_arg(ctx, 3), go_arg(ctx, 4)));
}

#include "sql_prepared.h"
#include "sql_transaction.h"
