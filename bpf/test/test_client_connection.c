/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A client's connection whose addresses are remembered, and when they are not. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static const struct address OTHER_END = {.ip = {10, 0, 0, 3}, .length = 4, .port = 9090};

/* The desk's connection to the shop, at whose place another one to somewhere else comes to lie. */
static struct goroutine reader, caller;
static go_ptr conn;

static void open_connection(void)
{
	reader = go_routine(&DESK, 32);
	caller = go_routine(&DESK, 33);
	conn = go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	client_opened(reader, conn);
}

static void lie_elsewhere(void)
{
	go_ptr other = go_client_conn(go_tcp_conn_of(CLIENT_END, OTHER_END));

	go_put(conn + PERSIST_CONN, go_get(other + PERSIST_CONN));
	go_put(conn + PERSIST_CONN + 8, go_get(other + PERSIST_CONN + 8));
}

/* Whether a call by the desk is the parent of what is served at an end. */
static int call_reaches(struct address end)
{
	go_ptr server = go_server_conn(go_tcp_conn_of(end, CLIENT_END));
	struct exchange exchange = go_exchange(server, A_REQUEST());
	struct goroutine handler = go_routine(&SHOP, 17);
	struct span served, called;

	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	client_connected(caller, conn);
	server_start(handler, exchange);
	server_end(handler, exchange, 200);
	served = take_span();
	client_end(caller, go_reply(200));
	called = take_span();
	return served.event.parent_id == called.event.span_id;
}

TEST(clientConnection_thatWasSeenOpening_isNotReadAgain)
{
	open_connection();
	go_lose(conn);
	EXPECT(call_reaches(SERVER_END));
	EXPECT(call_reaches(SERVER_END));
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(clientConnection_closed_isForgottenBeforeAnotherOneLiesThere)
{
	open_connection();
	client_closed(reader, conn);
	client_closed(reader, conn);
	lie_elsewhere();
	EXPECT(call_reaches(OTHER_END));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CLIENT_CONNECTION), 0);
}

/* Between two times of being attached nobody sees a connection being closed. */
TEST(clientConnection_ofFormerProbes_isReadAgain)
{
	open_connection();
	lie_elsewhere();
	kernel_wave(2);
	kernel_arm(EXECUTABLE, 2);
	EXPECT(call_reaches(OTHER_END));
}

TEST(clientConnection_ofFormerProcess_isReadAgain)
{
	struct process later = DESK;

	open_connection();
	later.start_ns++;
	caller = go_routine(&later, 33);
	lie_elsewhere();
	EXPECT(call_reaches(OTHER_END));
}

TEST(clientConnection_thatCannotBeRead_isNotRemembered)
{
	conn = go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	go_lose(conn);
	client_opened(go_routine(&DESK, 32), conn);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CLIENT_CONNECTION), 0);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}
