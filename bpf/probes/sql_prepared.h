/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Prepared statements. (*Stmt).QueryContext and .ExecContext have the statement, and try other connections when one is
 * bad; the functions below them that call the driver have the connection. frame->object is the statement, which its
 * caller holds to the end; its lowest bit says that a connection was asked for. Other frames of ours have 0 there.
 */
#pragma once

#include "sql_error.h"
#include "sql_server.h"
#include "sql_text.h"

GO_FIELD_OPTIONAL(stmt_db, "database/sql.Stmt", "db");
GO_FIELD_OPTIONAL(stmt_query, "database/sql.Stmt", "query");

SPAN_ATTR_BOOL(attr_bad_connection, "zs.bad_connection");

#define ATTEMPTED 1ull

static __always_inline int start_prepared(void *ctx)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, go_interface(go_arg(ctx, 2), go_arg(ctx, 3)));
	if (frame)
		frame->object = go_arg(ctx, 1);
	zs_leave(&call);
	return 0;
}

static __always_inline void read_statement(struct zs_call *call, __u64 statement)
{
	struct go_string query;

	if (statement && stmt_query != ZS_NO_FIELD && !go_read(&query, sizeof(query), statement + stmt_query))
		read_text(call, query);
}

/* Begins the record of a prepared statement; 0 if nobody wants it. */
static __always_inline int record_prepared(struct zs_call *call, struct zs_frame *frame)
{
	__u64 statement = frame->object & ~ATTEMPTED;

	if (!zs_span_record(call, frame, ZS_CLIENT))
		return 0;
	/* no driver was reached, or what it was is lost */
	if (!zs_attr_kept(call, frame->span_id) && statement && stmt_db != ZS_NO_FIELD)
		zs_attr_go_path(call->slot, attr_driver,
				driver_of_db(call, go_read_pointer(statement + stmt_db)));
	read_statement(call, statement);
	return 1;
}

/*
 * (*Stmt).connStmt(ctx Context, strategy): RAX = statement. database/sql asks for another connection only when the one
 * before turned out to be bad: that attempt ends here.
 */
GO_START_OPTIONAL("database/sql.(*Stmt).connStmt")
int attempt(void *ctx)
{
	__u64 statement = go_arg(ctx, 1);
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_top(&call);
	if (frame && frame->object == (statement | ATTEMPTED)) {
		if (record_prepared(&call, frame)) {
			zs_attr_bool(call.slot, attr_bad_connection, 1);
			zs_span_submit(&call);
		}
		zs_span_again(&call, frame);
	} else if (frame && frame->object == statement) {
		frame->object |= ATTEMPTED;
	}
	zs_leave(&call);
	return 0;
}

/* queryDC and execDC come here too, when a driver wants a statement to be prepared; those have kept their connection. */
static __always_inline int reach_driver(void *ctx)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_top(&call);
	if (frame && frame->object && zs_span_wanted(frame)) {
		zs_keep_begin(&call);
		read_server(&call, go_interface(go_arg(ctx, 3), go_arg(ctx, 4)));
		zs_keep(&call, frame->span_id);
	}
	zs_leave(&call);
	return 0;
}

static __always_inline int end_prepared(void *ctx, struct go_interface error)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_find(&call);
	if (frame) {
		if (record_prepared(&call, frame)) {
			read_error(&call, error);
			zs_span_submit(&call);
		}
		zs_span_pop(&call);
	}
	zs_leave(&call);
	return 0;
}

/*
 * name_start: (*Stmt).method(ctx Context, args ...any): RAX = statement
 * name_driver: below(ctx Context, ci driver.Conn, ds *driverStmt, args ...any): RCX, RDI = ci
 * name_end: these results are the error
 */
#define PREPARED(name, method, below, error_itab, error_data)                                                       \
	GO_START_OPTIONAL("database/sql.(*Stmt)." method)                                                           \
	int name##_start(void *ctx)                                                                                 \
	{                                                                                                           \
		return start_prepared(ctx);                                                                         \
	}                                                                                                           \
	GO_START_OPTIONAL("database/sql." below)                                                                    \
	int name##_driver(void *ctx)                                                                                \
	{                                                                                                           \
		return reach_driver(ctx);                                                                           \
	}                                                                                                           \
	GO_RETURN_OPTIONAL("database/sql.(*Stmt)." method)                                                          \
	int name##_end(void *ctx)                                                                                   \
	{                                                                                                           \
		return end_prepared(ctx, go_interface(go_arg(ctx, error_itab), go_arg(ctx, error_data)));           \
	}

PREPARED(stmt_query, "QueryContext", "rowsiFromStatement", 2, 3)
PREPARED(stmt_exec, "ExecContext", "resultFromStatement", 3, 4)
