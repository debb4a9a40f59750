/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What database/sql does, as far as its probe sees it, and one span for each attempt. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"
#include <stdlib.h>
#include <string.h>

#define SELECT "SELECT name FROM items"

static void run(const char *program, struct goroutine goroutine, const go_ptr registers[9])
{
	kernel_run_as(goroutine.process);
	probes_run(SQL, program, goroutine.g, registers);
}

static void put(go_ptr at, struct interface value)
{
	go_put(at, value.itab);
	go_put(at + 8, value.data);
}

/* A *driverConn. */
static go_ptr a_conn(void)
{
	go_ptr conn = go_alloc(0x80);

	put(conn + DRIVER_CONN_CI, go_interface_of(TYPE_DRIVER_CONN, go_alloc(0x10)));
	return conn;
}

/* A *Stmt of a database with this connector. */
static go_ptr a_statement(struct interface connector)
{
	go_ptr statement = go_alloc(0x90), db = go_alloc(0x80);

	put(db + DB_CONNECTOR, connector);
	go_put(statement + STMT_DB, db);
	go_put_string(statement + STMT_QUERY, SELECT);
	return statement;
}

static struct interface a_connector(void)
{
	return go_interface_of(TYPE_CONNECTOR, go_alloc(0x20));
}

static go_ptr a_transaction(struct interface context)
{
	go_ptr tx = go_alloc(0x80);

	go_put(tx + TX_DC, a_conn());
	put(tx + TX_CTX, context);
	return tx;
}

/* Where a string's bytes lie. */
static go_ptr bytes_of(const char *text)
{
	return go_put_string(go_alloc(0x10), text);
}

static void query_start(struct goroutine goroutine, struct interface context, const char *text, go_ptr bytes)
{
	run("query_start", goroutine,
	    (const go_ptr[9]){go_alloc(0x80), context.itab, context.data, 0, 0, a_conn(), 0, bytes, strlen(text)});
}

static void query(struct goroutine goroutine)
{
	query_start(goroutine, go_background(), SELECT, bytes_of(SELECT));
}

static void query_end(struct goroutine goroutine)
{
	run("query_end", goroutine, (const go_ptr[9]){go_alloc(0x10)});
}

static void prepared(struct goroutine goroutine, go_ptr statement)
{
	struct interface context = go_background();

	run("stmt_exec_start", goroutine, (const go_ptr[9]){statement, context.itab, context.data});
	run("attempt", goroutine, (const go_ptr[9]){statement, context.itab, context.data});
}

static void prepared_end(struct goroutine goroutine)
{
	run("stmt_exec_end", goroutine, (const go_ptr[9]){1, 1});
}

static void expect_nothing_left(void)
{
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
	EXPECT_EQUAL(probes_slots_busy(), 0);
}

TEST(sql_query_isOneSpanWithTextAndDriver)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	kernel_time(1000);
	query(goroutine);
	kernel_time(3000);
	query_end(goroutine);
	span = take_span();
	expect_root(&span);
	EXPECT_TEXT(span.text, "client 100/17 1000..3000 driver=path:550000 query=SELECT name FROM items");
	expect_nothing_left();
}

TEST(sql_queryThatHasRows_endsBeforeItsReturn)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	kernel_time(1000);
	query(goroutine);
	kernel_time(3000);
	run("query_rows", goroutine, (const go_ptr[9]){go_alloc(0x10)});
	span = take_span();
	EXPECT_TEXT(span.text, "client 100/17 1000..3000 driver=path:550000 query=SELECT name FROM items");
	expect_nothing_left();
}

/* A driver that recovers the panic of a query that it made itself. */
TEST(sql_queryAroundOneThatPanicked_endsItself)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	probes_depth(0x100);
	kernel_time(1000);
	query(goroutine);
	probes_depth(0x400);
	kernel_time(2000);
	query(goroutine);
	probes_depth(0x200);
	kernel_time(3000);
	run("query_rows", goroutine, (const go_ptr[9]){go_alloc(0x10)});
	take_abandoned(1, ZS_END_PANIC);
	span = take_span();
	EXPECT_TEXT(span.text, "client 100/17 1000..3000 driver=path:550000 query=SELECT name FROM items");
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(sql_preparedStatementThatHasRows_endsAtItsReturn)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	prepared(goroutine, a_statement(a_connector()));
	run("query_rows", goroutine, (const go_ptr[9]){go_alloc(0x10)});
	EXPECT_EQUAL(kernel_records(), 0);
	prepared_end(goroutine);
	EXPECT_EQUAL(kernel_records(), 1);
}

TEST(sql_exec_isOneSpanWithItsError)
{
	struct interface context = go_background(), error = go_interface_of(TYPE_ERROR, go_alloc(0x20));
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	run("exec_start", goroutine,
	    (const go_ptr[9]){0, context.itab, context.data, a_conn(), 0, bytes_of(SELECT), strlen(SELECT)});
	run("exec_end", goroutine, (const go_ptr[9]){0, 0, error.itab, error.data});
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 query=SELECT name FROM items error=type:540300");
	expect_nothing_left();
}

TEST(sql_textThatTheCollectorTook_isAsItWasAtTheStart)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr bytes = bytes_of(SELECT);
	struct span span;

	query_start(goroutine, go_background(), SELECT, bytes);
	go_put_bytes(bytes, "password", 8);
	query_end(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 query=SELECT name FROM items");
}

TEST(sql_textNotInMemory_isLeftOutAndCounted)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr bytes = bytes_of(SELECT);
	struct span span;

	go_lose(bytes);
	query_start(goroutine, go_background(), SELECT, bytes);
	query_end(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

TEST(sql_longText_isCutAndSaysSo)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	char text[1500] = {};
	struct span span;

	memset(text, 'a', sizeof(text) - 1);
	query_start(goroutine, go_background(), text, bytes_of(text));
	query_end(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 query=1024*a,cut cut=true");
	expect_nothing_left();
}

TEST(sql_emptyText_isLeftOut)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	query_start(goroutine, go_background(), "", 0);
	query_end(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000");
	expect_nothing_left();
}

TEST(sql_queriesAtOnce_keepTheirTextsApart)
{
	struct goroutine one = go_routine(&SHOP, 17), other = go_routine(&DESK, 17);
	struct span span;

	query(one);
	query_start(other, go_background(), "COMMIT", bytes_of("COMMIT"));
	query_end(one);
	query_end(other);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 query=SELECT name FROM items");
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 query=COMMIT");
	expect_nothing_left();
}

/* Panics left more texts behind than there is room for. */
TEST(sql_textsLeftBehind_giveWayToNewOnes)
{
	const go_ptr registers[9] = {0, 0, 0, 0, 0, a_conn(), 0, bytes_of(SELECT), strlen(SELECT)};
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	probes_depth(0x400);
	run("query_start", goroutine, registers);
	for (int i = 0; i < probes_kept_max; i++) {
		run("query_start", goroutine, registers);
		take_abandoned(1, ZS_END_PANIC);
	}
	query_end(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 query=SELECT name FROM items");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(sql_insideHandler_isItsChild)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	struct span sql, server;

	server_start(goroutine, exchange);
	query(goroutine);
	query_end(goroutine);
	server_end(goroutine, exchange, 200);
	sql = take_span();
	server = take_span();
	expect_child(&sql, &server);
}

TEST(sql_inAnotherGoroutine_findsTheHandlerByTheContext)
{
	struct goroutine handler = go_routine(&SHOP, 17), worker = go_routine(&SHOP, 18);
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	struct span sql, server;

	server_start(handler, exchange);
	query_start(worker, go_timer_context(exchange.context), SELECT, bytes_of(SELECT));
	query_end(worker);
	server_end(handler, exchange, 200);
	sql = take_span();
	server = take_span();
	expect_child(&sql, &server);
}

TEST(sql_preparedStatement_hasItsTextAndTheConnectorsType)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	prepared(goroutine, a_statement(a_connector()));
	prepared_end(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550300 query=SELECT name FROM items");
	expect_nothing_left();
}

TEST(sql_driverWithoutAConnector_isKnownByItself)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr connector = go_alloc(0x28);
	struct span span;

	put(connector + DSN_DRIVER, go_interface_of(TYPE_DRIVER, go_alloc(0x10)));
	prepared(goroutine, a_statement(go_interface_of(TYPE_DSN_CONNECTOR, connector)));
	prepared_end(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550200 query=SELECT name FROM items");
}

TEST(sql_preparedStatementOnABadConnection_isASpanForEachAttempt)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr statement = a_statement(a_connector());
	struct span first, second;

	kernel_time(1000);
	prepared(goroutine, statement);
	kernel_time(2000);
	run("attempt", goroutine, (const go_ptr[9]){statement});
	kernel_time(3000);
	prepared_end(goroutine);
	first = take_span();
	second = take_span();
	expect_root(&first);
	expect_root(&second);
	EXPECT(first.event.span_id != second.event.span_id);
	EXPECT_TEXT(first.text, "client 100/17 1000..2000 driver=path:550300 query=SELECT name FROM items "
				"bad_connection=true");
	EXPECT_TEXT(second.text, "client 100/17 2000..3000 driver=path:550300 query=SELECT name FROM items");
	expect_nothing_left();
}

TEST(sql_connectionOfAnotherStatement_endsNoAttempt)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	prepared(goroutine, a_statement(a_connector()));
	run("attempt", goroutine, (const go_ptr[9]){a_statement(a_connector())});
	prepared_end(goroutine);
	EXPECT_EQUAL(kernel_records(), 1);
}

TEST(sql_errorsOfDatabases_haveTheirCodes)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr pq = go_alloc(0x40), sqlite = go_alloc(0x40), mysql = go_alloc(0x40);
	struct interface errors[] = {go_interface_of(TYPE_PQ_ERROR, pq), go_interface_of(TYPE_SQLITE_ERROR, sqlite),
				     go_interface_of(TYPE_MYSQL_ERROR, mysql)};
	const char *const expected[] = {"error=type:540400 code=42P01", "error=type:540500 number=1555",
					"error=type:540600 number=1062"};

	go_put_string(pq + PQ_ERROR_CODE, "42P01");
	go_put(sqlite + SQLITE_ERROR_CODE, 1555);
	go_put_bytes(mysql + MYSQL_ERROR_NUMBER, &(__u32){0xabcd0000 | 1062}, 4);
	for (int i = 0; i < 3; i++) {
		struct span span;

		query(goroutine);
		run("query_end", goroutine, (const go_ptr[9]){0, errors[i].itab, errors[i].data});
		span = take_span();
		EXPECT_TEXT(strstr(span.text, "error="), expected[i]);
	}
}

/* What a driver wraps around an error tells less than the error itself. */
TEST(sql_wrappedError_isTheOneWithin)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr pq = go_alloc(0x40), inner = go_alloc(0x40), outer = go_alloc(0x40);
	struct interface error = go_interface_of(TYPE_WRAPPED_ERROR, outer);
	struct span span;

	go_put_string(pq + PQ_ERROR_CODE, "57014");
	put(inner + WRAPPED_ERROR_ERR, go_interface_of(TYPE_PQ_ERROR, pq));
	put(outer + WRAPPED_ERROR_ERR, go_interface_of(TYPE_WRAPPED_ERROR, inner));
	query(goroutine);
	run("query_end", goroutine, (const go_ptr[9]){0, error.itab, error.data});
	span = take_span();
	EXPECT_TEXT(strstr(span.text, "error="), "error=type:540400 code=57014");
}

TEST(sql_errorThatWrapsItself_isStillAnError)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr outer = go_alloc(0x40);
	struct interface error = go_interface_of(TYPE_WRAPPED_ERROR, outer);
	struct span span;

	put(outer + WRAPPED_ERROR_ERR, error);
	query(goroutine);
	run("query_end", goroutine, (const go_ptr[9]){0, error.itab, error.data});
	span = take_span();
	EXPECT_TEXT(strstr(span.text, "error="), "error=type:540700");
}

TEST(sql_transaction_isASpanForEachStep)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct interface context = go_background();
	go_ptr tx = a_transaction(context);
	struct span span;

	run("begin_start", goroutine, (const go_ptr[9]){0, context.itab, context.data, a_conn()});
	run("begin_end", goroutine, (const go_ptr[9]){tx});
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 operation=1");
	run("commit_start", goroutine, (const go_ptr[9]){tx});
	go_put(tx + TX_DONE, 1);
	run("commit_end", goroutine, (const go_ptr[9]){});
	span = take_span();
	EXPECT_TEXT(attributes(&span), "driver=path:550000 operation=2");
	expect_nothing_left();
}

/* defer tx.Rollback() */
TEST(sql_rollbackOfATransactionThatIsOver_isNoSpan)
{
	struct interface error = go_interface_of(TYPE_ERROR, go_alloc(0x20));
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr tx = a_transaction(go_background());

	go_put(tx + TX_DONE, 1);
	run("rollback_start", goroutine, (const go_ptr[9]){tx});
	run("rollback_end", goroutine, (const go_ptr[9]){error.itab, error.data});
	expect_nothing_left();
}

TEST(sql_rollbackByTheContextsEnd_isAChildOfItsRequest)
{
	struct goroutine handler = go_routine(&SHOP, 17), waiter = go_routine(&SHOP, 18);
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_ptr tx = a_transaction(go_cancel_context(exchange.context));
	struct span rollback, server;

	server_start(handler, exchange);
	run("rollback_start", waiter, (const go_ptr[9]){tx});
	run("rollback_end", waiter, (const go_ptr[9]){});
	server_end(handler, exchange, 200);
	rollback = take_span();
	server = take_span();
	expect_child(&rollback, &server);
	EXPECT_TEXT(attributes(&rollback), "driver=path:550000 operation=3");
}

TEST(sql_programWithoutTransactions_hasNoOffsetsOfThem)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	probes_set("tx_done", ZS_NO_FIELD);
	run("commit_start", goroutine, (const go_ptr[9]){a_transaction(go_background())});
	run("commit_end", goroutine, (const go_ptr[9]){});
	expect_nothing_left();
}

TEST(sql_armedInMidCall_endsNothing)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	query_end(goroutine);
	prepared_end(goroutine);
	run("attempt", goroutine, (const go_ptr[9]){a_statement(a_connector())});
	run("begin_end", goroutine, (const go_ptr[9]){});
	expect_nothing_left();
}

TEST(sql_notArmed_doesNothing)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	kernel_arm(EXECUTABLE, 0);
	query(goroutine);
	query_end(goroutine);
	prepared(goroutine, a_statement(a_connector()));
	prepared_end(goroutine);
	expect_nothing_left();
}

/* Nothing is kept for its end, and so nothing stays. */
TEST(sql_unsampled_leavesNoRecordAndIsNotRead)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr text = bytes_of(SELECT), statement = a_statement(a_connector());

	probes_set("zs_sampling", 1);
	probes_set("zs_sampling_threshold", 1ull << 56);
	go_lose(text);
	query_start(goroutine, go_background(), SELECT, text);
	query_end(goroutine);
	prepared(goroutine, statement);
	go_lose(statement);
	run("attempt", goroutine, (const go_ptr[9]){statement});
	prepared_end(goroutine);
	expect_nothing_left();
}
