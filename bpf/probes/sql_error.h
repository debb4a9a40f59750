/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a call failed with: the error's Go type, and the database's own code where the driver has one. */
#pragma once

#include <zerospan/probe.bpf.h>

/* Errors that know the database's own code. */
GO_TYPE(pq_error, "*github.com/lib/pq.Error");
GO_FIELD_OPTIONAL(pq_error_code, "github.com/lib/pq.Error", "Code");
GO_TYPE(pgx_error, "*github.com/jackc/pgx/v5/pgconn.PgError");
GO_FIELD_OPTIONAL(pgx_error_code, "github.com/jackc/pgx/v5/pgconn.PgError", "Code");
GO_TYPE(sqlite_error, "*modernc.org/sqlite.Error");
GO_FIELD_OPTIONAL(sqlite_error_code, "modernc.org/sqlite.Error", "code");
GO_TYPE(mysql_error, "*github.com/go-sql-driver/mysql.MySQLError");
GO_FIELD_OPTIONAL(mysql_error_number, "github.com/go-sql-driver/mysql.MySQLError", "Number");

/* Errors that only wrap the one that tells what happened. */
GO_TYPE(fmt_error, "*fmt.wrapError");
GO_FIELD_OPTIONAL(fmt_error_err, "fmt.wrapError", "err");
GO_TYPE(pgx_wrapped, "*github.com/jackc/pgx/v5/pgconn.pgconnError");
GO_FIELD_OPTIONAL(pgx_wrapped_err, "github.com/jackc/pgx/v5/pgconn.pgconnError", "err");
GO_TYPE(pgx_prepare_error, "*github.com/jackc/pgx/v5/pgconn.PrepareError");
GO_FIELD_OPTIONAL(pgx_prepare_error_err, "github.com/jackc/pgx/v5/pgconn.PrepareError", "err");
GO_TYPE(pgx_timeout, "*github.com/jackc/pgx/v5/pgconn.errTimeout");
GO_FIELD_OPTIONAL(pgx_timeout_err, "github.com/jackc/pgx/v5/pgconn.errTimeout", "err");
GO_TYPE(pgx_context_done, "*github.com/jackc/pgx/v5/pgconn.contextAlreadyDoneError");
GO_FIELD_OPTIONAL(pgx_context_done_err, "github.com/jackc/pgx/v5/pgconn.contextAlreadyDoneError", "err");

SPAN_ATTR_GO_TYPE(attr_error, "error.type");
SPAN_ATTR_TEXT(attr_code, "db.response.status_code");
SPAN_ATTR_INT(attr_number, "zs.error_number");
SPAN_ATTR_BOOL(attr_failed, "zs.failed"); /* with what could not be read */

/* pgx wraps three times at most, a driver around it perhaps once more. */
#define ERRORS_WRAPPED 4

/* Offset of the error that this type of error wraps. */
static __always_inline __u32 wrapped_at(__u64 type)
{
	if (type == fmt_error)
		return fmt_error_err;
	if (type == pgx_wrapped)
		return pgx_wrapped_err;
	if (type == pgx_prepare_error)
		return pgx_prepare_error_err;
	if (type == pgx_timeout)
		return pgx_timeout_err;
	if (type == pgx_context_done)
		return pgx_context_done_err;
	return ZS_NO_FIELD;
}

/* The error that others are wrapped around, and its type; 0 if it can't be read. */
static __always_inline __u64 innermost(struct zs_call *call, struct go_interface *error)
{
	__u64 type = go_dynamic_type(error->itab, call->bias);

	for (int i = 0; type && i < ERRORS_WRAPPED; i++) {
		__u32 at = wrapped_at(type);
		struct go_interface inner;
		__u64 inner_type;

		if (at == ZS_NO_FIELD || go_read(&inner, sizeof(inner), error->data + at))
			break;
		inner_type = go_dynamic_type(inner.itab, call->bias);
		if (!inner_type)
			break;
		*error = inner;
		type = inner_type;
	}
	return type;
}

/* A code is a text, or a number of some size. */
static __always_inline void read_code(struct zs_call *call, __u64 type, struct go_interface error)
{
	__u64 number = 0;

	if (type == pq_error && pq_error_code != ZS_NO_FIELD)
		zs_attr_text_at(call->slot, attr_code, error.data + pq_error_code);
	else if (type == pgx_error && pgx_error_code != ZS_NO_FIELD)
		zs_attr_text_at(call->slot, attr_code, error.data + pgx_error_code);
	else if (type == sqlite_error && sqlite_error_code != ZS_NO_FIELD &&
		 !go_read(&number, sizeof(__u64), error.data + sqlite_error_code))
		zs_attr_int(call->slot, attr_number, number);
	else if (type == mysql_error && mysql_error_number != ZS_NO_FIELD &&
		 !go_read(&number, sizeof(__u16), error.data + mysql_error_number))
		zs_attr_int(call->slot, attr_number, number);
}

static __always_inline void read_error(struct zs_call *call, struct go_interface error)
{
	__u64 type;

	if (!error.itab)
		return;
	type = innermost(call, &error);
	zs_attr_go_type(call->slot, attr_error, type);
	if (type)
		read_code(call, type, error);
	else
		zs_attr_bool(call->slot, attr_failed, 1);
}
