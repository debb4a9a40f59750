/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * database/sql: one span per attempt that reaches a driver. queryDC and execDC are what DB, Conn and Tx have in common
 * below the retries; prepared statements go another way, and connStmt is where each of their attempts begins.
 * The linker leaves out what a program never calls, so each hook is optional.
 */
#include <zerospan/probe.bpf.h>
#include <zerospan/keep.h>

GO_FIELD(driver_conn_ci, "database/sql.driverConn", "ci");
GO_FIELD(db_connector, "database/sql.DB", "connector");
GO_FIELD_OPTIONAL(stmt_db, "database/sql.Stmt", "db");
GO_FIELD_OPTIONAL(stmt_query, "database/sql.Stmt", "query");
GO_FIELD_OPTIONAL(tx_dc, "database/sql.Tx", "dc");
GO_FIELD_OPTIONAL(tx_ctx, "database/sql.Tx", "ctx");
GO_FIELD_OPTIONAL(tx_done, "database/sql.Tx", "done.v");
GO_FIELD_OPTIONAL(dsn_driver, "database/sql.dsnConnector", "driver");
GO_TYPE(dsn_connector, "database/sql.dsnConnector");

/* Errors that know the database's own code. */
GO_TYPE(pq_error, "*github.com/lib/pq.Error");
GO_FIELD_OPTIONAL(pq_error_code, "github.com/lib/pq.Error", "Code");
GO_TYPE(pgx_error, "*github.com/jackc/pgx/v5/pgconn.PgError");
GO_FIELD_OPTIONAL(pgx_error_code, "github.com/jackc/pgx/v5/pgconn.PgError", "Code");
GO_TYPE(sqlite_error, "*modernc.org/sqlite.Error");
GO_FIELD_OPTIONAL(sqlite_error_code, "modernc.org/sqlite.Error", "code");
GO_TYPE(mysql_error, "*github.com/go-sql-driver/mysql.MySQLError");
GO_FIELD_OPTIONAL(mysql_error_number, "github.com/go-sql-driver/mysql.MySQLError", "Number");

SPAN_NAME("SQL");
SPAN_KIND("client");
SPAN_ATTR_TEXT(attr_query, "zs.query");
SPAN_ATTR_BOOL(attr_cut, "zs.query_cut");
SPAN_ATTR_INT(attr_operation, "zs.operation");
SPAN_ATTR_GO_PATH(attr_driver, "zs.driver");
SPAN_ATTR_BOOL(attr_bad_connection, "zs.bad_connection");
SPAN_ATTR_GO_TYPE(attr_error, "error.type");
SPAN_ATTR_TEXT(attr_code, "db.response.status_code");
SPAN_ATTR_INT(attr_number, "zs.error_number");

/* Numbers of "zs.operation". */
enum operation {
	BEGIN = 1,
	COMMIT = 2,
	ROLLBACK = 3,
};

static __always_inline struct go_interface interface_of(__u64 itab, __u64 data)
{
	return (struct go_interface){.itab = itab, .data = data};
}

/* Type of the driver's connection below a *driverConn; 0 where it can't be read. */
static __always_inline __u64 driver_of_conn(struct zs_call *call, __u64 conn)
{
	__u64 itab = conn ? go_read_pointer(conn + driver_conn_ci) : 0;

	return go_dynamic_type(itab, call->bias);
}

/* Type of a *DB's connector; where that is database/sql's own for drivers that have none, of the driver in it. */
static __always_inline __u64 driver_of_db(struct zs_call *call, __u64 db)
{
	struct go_interface connector;
	__u64 type;

	if (!db || go_read(&connector, sizeof(connector), db + db_connector))
		return 0;
	type = go_dynamic_type(connector.itab, call->bias);
	if (type && type == dsn_connector && dsn_driver != ZS_NO_FIELD)
		type = go_dynamic_type(go_read_pointer(connector.data + dsn_driver), call->bias);
	return type;
}

static __always_inline int start_query(void *ctx, struct go_interface context, __u64 conn, struct go_string query)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, context);
	if (frame && zs_span_wanted(frame))
		zs_keep(&call, frame->span_id, driver_of_conn(&call, conn), query);
	zs_leave(&call);
	return 0;
}

/* (*DB).queryDC(ctx, txctx Context, dc *driverConn, releaseConn func, query string, args []any): RAX = db */
GO_START_OPTIONAL("database/sql.(*DB).queryDC")
int query_start(void *ctx)
{
	struct go_string query = {.data = go_arg(ctx, 8), .length = go_arg(ctx, 9)};

	return start_query(ctx, interface_of(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 6), query);
}

/* (*DB).execDC(ctx Context, dc *driverConn, release func, query string, args []any): RAX = db */
GO_START_OPTIONAL("database/sql.(*DB).execDC")
int exec_start(void *ctx)
{
	struct go_string query = {.data = go_arg(ctx, 6), .length = go_arg(ctx, 7)};

	return start_query(ctx, interface_of(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 4), query);
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
	__u64 type = go_dynamic_type(error.itab, call->bias);

	if (!error.itab)
		return;
	zs_attr_go_type(call->slot, attr_error, type);
	if (type)
		read_code(call, type, error);
}

/* What the start of a query has kept. */
static __always_inline void read_kept(struct zs_call *call, __u64 span_id)
{
	struct zs_kept *kept = zs_kept_of(span_id);

	if (!kept)
		return;
	zs_attr_go_path(call->slot, attr_driver, kept->word);
	zs_attr_kept(call->slot, attr_query, kept);
	if (kept->length > ZS_TEXT_MAX)
		zs_attr_bool(call->slot, attr_cut, 1);
	zs_kept_drop(span_id);
}

static __always_inline void end_query(struct zs_call *call, struct go_interface error)
{
	struct zs_frame *frame = zs_span_find(call);

	if (!frame)
		return;
	if (zs_span_record(call, frame, ZS_CLIENT)) {
		read_kept(call, frame->span_id);
		read_error(call, error);
		zs_span_submit(call);
	}
	zs_span_pop(call);
}

/* RAX = rows; RBX, RCX = error */
GO_RETURN_OPTIONAL("database/sql.(*DB).queryDC")
int query_end(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	end_query(&call, interface_of(go_arg(ctx, 2), go_arg(ctx, 3)));
	zs_leave(&call);
	return 0;
}

/* RAX, RBX = result; RCX, RDI = error */
GO_RETURN_OPTIONAL("database/sql.(*DB).execDC")
int exec_end(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	end_query(&call, interface_of(go_arg(ctx, 3), go_arg(ctx, 4)));
	zs_leave(&call);
	return 0;
}

static __always_inline int start_prepared(void *ctx)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, interface_of(go_arg(ctx, 2), go_arg(ctx, 3)));
	if (frame)
		frame->object = go_arg(ctx, 1);
	zs_leave(&call);
	return 0;
}

/* (*Stmt).QueryContext(ctx Context, args ...any): RAX = statement, which its caller holds to the end */
GO_START_OPTIONAL("database/sql.(*Stmt).QueryContext")
int stmt_query_start(void *ctx)
{
	return start_prepared(ctx);
}

/* (*Stmt).ExecContext(ctx Context, args ...any) */
GO_START_OPTIONAL("database/sql.(*Stmt).ExecContext")
int stmt_exec_start(void *ctx)
{
	return start_prepared(ctx);
}

static __always_inline void read_statement(struct zs_call *call, __u64 statement)
{
	struct go_string query;

	if (!statement || stmt_db == ZS_NO_FIELD || stmt_query == ZS_NO_FIELD)
		return;
	zs_attr_go_path(call->slot, attr_driver, driver_of_db(call, go_read_pointer(statement + stmt_db)));
	if (go_read(&query, sizeof(query), statement + stmt_query))
		return;
	zs_attr_text(call->slot, attr_query, query.data, query.length);
	if (query.length > ZS_TEXT_MAX)
		zs_attr_bool(call->slot, attr_cut, 1);
}

/* Begins the record of a prepared statement; 0 if nobody wants it. */
static __always_inline int record_prepared(struct zs_call *call, struct zs_frame *frame)
{
	if (!zs_span_record(call, frame, ZS_CLIENT))
		return 0;
	read_statement(call, frame->object & ~1ull);
	return 1;
}

/*
 * (*Stmt).connStmt(ctx Context, strategy): RAX = statement. database/sql asks for another connection only when the one
 * before turned out to be bad: that attempt ends here. The lowest bit of frame->object, a pointer, says that there was
 * one.
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
	if (frame && frame->object == (statement | 1)) {
		if (record_prepared(&call, frame)) {
			zs_attr_bool(call.slot, attr_bad_connection, 1);
			zs_span_submit(&call);
		}
		zs_span_again(&call, frame);
	} else if (frame && frame->object == statement) {
		frame->object |= 1;
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

/* RAX = rows; RBX, RCX = error */
GO_RETURN_OPTIONAL("database/sql.(*Stmt).QueryContext")
int stmt_query_end(void *ctx)
{
	return end_prepared(ctx, interface_of(go_arg(ctx, 2), go_arg(ctx, 3)));
}

/* RAX, RBX = result; RCX, RDI = error */
GO_RETURN_OPTIONAL("database/sql.(*Stmt).ExecContext")
int stmt_exec_end(void *ctx)
{
	return end_prepared(ctx, interface_of(go_arg(ctx, 3), go_arg(ctx, 4)));
}

static __always_inline int start_step(void *ctx, struct go_interface context, __u64 conn)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_start(&call, context);
	if (frame && zs_span_wanted(frame))
		frame->object = driver_of_conn(&call, conn);
	zs_leave(&call);
	return 0;
}

static __always_inline int end_step(void *ctx, enum operation operation, struct go_interface error)
{
	struct zs_frame *frame;
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	frame = zs_span_find(&call);
	if (frame) {
		if (zs_span_record(&call, frame, ZS_CLIENT)) {
			zs_attr_go_path(call.slot, attr_driver, frame->object);
			zs_attr_int(call.slot, attr_operation, operation);
			read_error(&call, error);
			zs_span_submit(&call);
		}
		zs_span_pop(&call);
	}
	zs_leave(&call);
	return 0;
}

/* (*DB).beginDC(ctx Context, dc *driverConn, release func, opts *TxOptions): RAX = db */
GO_START_OPTIONAL("database/sql.(*DB).beginDC")
int begin_start(void *ctx)
{
	return start_step(ctx, interface_of(go_arg(ctx, 2), go_arg(ctx, 3)), go_arg(ctx, 4));
}

/* RAX = tx; RBX, RCX = error */
GO_RETURN_OPTIONAL("database/sql.(*DB).beginDC")
int begin_end(void *ctx)
{
	return end_step(ctx, BEGIN, interface_of(go_arg(ctx, 2), go_arg(ctx, 3)));
}

/* A transaction that is over does nothing more; "defer tx.Rollback()" after a commit is how Go programs look. */
static __always_inline int start_last_step(void *ctx, __u64 tx)
{
	struct go_interface context = {};
	__u32 done = 0;

	if (!zs_armed(ctx) || tx_dc == ZS_NO_FIELD || tx_ctx == ZS_NO_FIELD || tx_done == ZS_NO_FIELD)
		return 0;
	if (go_read(&done, sizeof(done), tx + tx_done) || done)
		return 0;
	if (go_read(&context, sizeof(context), tx + tx_ctx))
		context.itab = 0;
	return start_step(ctx, context, go_read_pointer(tx + tx_dc));
}

/* (*Tx).Commit(): RAX = tx */
GO_START_OPTIONAL("database/sql.(*Tx).Commit")
int commit_start(void *ctx)
{
	return start_last_step(ctx, go_arg(ctx, 1));
}

/* RAX, RBX = error */
GO_RETURN_OPTIONAL("database/sql.(*Tx).Commit")
int commit_end(void *ctx)
{
	return end_step(ctx, COMMIT, interface_of(go_arg(ctx, 1), go_arg(ctx, 2)));
}

/* (*Tx).rollback(discardConn bool): RAX = tx; also when the transaction's context ends, in a goroutine of its own */
GO_START_OPTIONAL("database/sql.(*Tx).rollback")
int rollback_start(void *ctx)
{
	return start_last_step(ctx, go_arg(ctx, 1));
}

/* RAX, RBX = error */
GO_RETURN_OPTIONAL("database/sql.(*Tx).rollback")
int rollback_end(void *ctx)
{
	return end_step(ctx, ROLLBACK, interface_of(go_arg(ctx, 1), go_arg(ctx, 2)));
}
