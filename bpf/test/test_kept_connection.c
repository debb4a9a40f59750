/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * net/http gives a connection back before the call that used it has returned. So at each step of a call's end the next
 * call's request may go out over the same connection: it gets its own header, once, and is its server's parent.
 */
#include "fake_sockets.h"
#include "runner.h"
#include "spans.h"
#include <stdio.h>
#include <string.h>

#define LINES "GET /hello HTTP/1.1\r\nHost: shop\r\n\r\n"

static struct goroutine reader, former, next, handler;
static struct exchange exchange;
static go_ptr conn;
static char sent[1024];

static void open_connection(void)
{
	world_reset();
	sockets_reset();
	probes_set("zs_out_formats", 1);
	reader = go_routine(&DESK, 32);
	former = go_routine(&DESK, 33);
	next = go_routine(&DESK, 34);
	handler = go_routine(&SHOP, 17);
	conn = go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	client_opened(reader, conn);
}

static void choose(struct goroutine caller)
{
	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	client_connected(caller, conn);
}

static void send_and_serve(void)
{
	const struct sent *message = socket_send(&DESK, LINES, strlen(LINES));

	memcpy(sent, message->bytes, message->size);
	sent[message->size] = 0;
	server_start(handler, exchange);
	server_end(handler, exchange, 200);
}

static void choose_next(void)
{
	choose(next);
}

static void whole_request_of_next(void)
{
	choose(next);
	send_and_serve();
}

static void end_former(void)
{
	client_end(former, go_reply(200));
}

static void close_connection(void)
{
	client_closed(reader, conn);
}

/* A call that has its answer. */
static void prepare_former(void)
{
	open_connection();
	choose(former);
	send_and_serve();
	take_span();
}

static void expect_header_of(const struct span *client)
{
	char id[17];

	for (int i = 0; i < 8; i++)
		sprintf(id + 2 * i, "%02x", ((const __u8 *)&client->event.span_id)[i]);
	EXPECT(strstr(sent, "traceparent: "));
	EXPECT(!strstr(strstr(sent, "traceparent: ") + 1, "traceparent: "));
	EXPECT(strstr(sent, id));
}

static struct span ended_as(__u64 goid, struct span a, struct span b, struct span c)
{
	return a.event.goid == goid ? a : b.event.goid == goid ? b : c;
}

/* All three spans are there, and the server's is the next caller's child. */
static void expect_next_is_whole(void)
{
	struct span a = take_span(), b = take_span(), c = take_span();
	struct span first = ended_as(33, a, b, c), second = ended_as(34, a, b, c), server = ended_as(17, a, b, c);

	expect_root(&first);
	expect_root(&second);
	expect_header_of(&second);
	expect_remote_child(&server, &second);
	client_closed(reader, conn);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION) + kernel_entries(ZS_KEY_CLIENT_CONNECTION), 0);
}

static int steps;

static void at_each_step(void (*program)(void), void (*happen)(void), void (*then)(void))
{
	for (steps = 0;; steps++) {
		prepare_former();
		kernel_interrupt(steps + 1, happen);
		program();
		if (!kernel_interrupted())
			break;
		if (then)
			then();
		client_end(next, go_reply(200));
		expect_next_is_whole();
	}
	EXPECT(steps > 20);
}

TEST(keptConnection_nextIsChosenWhileFormerEnds_getsItsOwnHeader)
{
	at_each_step(end_former, choose_next, send_and_serve);
}

TEST(keptConnection_nextIsServedWhileFormerEnds_getsItsOwnHeader)
{
	at_each_step(end_former, whole_request_of_next, 0);
}

TEST(keptConnection_formerEndsWhileNextIsChosen_getsItsOwnHeader)
{
	at_each_step(choose_next, end_former, send_and_serve);
}

/* An offer that was withdrawn stands there still; nobody takes it, and it goes with its connection. */
TEST(keptConnection_betweenTwoCalls_offersNothing)
{
	prepare_former();
	end_former();
	take_span();
	send_and_serve();
	struct span server = take_span();

	expect_root(&server);
	EXPECT_TEXT(sent, LINES);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 1);
	close_connection();
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

static void closed_at_each_step(void (*prepare)(void), void (*program)(void), struct goroutine *last)
{
	for (steps = 0;; steps++) {
		prepare();
		kernel_interrupt(steps + 1, close_connection);
		program();
		if (!kernel_interrupted())
			break;
		if (last)
			client_end(*last, go_reply(200));
		EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION) + kernel_entries(ZS_KEY_CLIENT_CONNECTION), 0);
	}
	EXPECT(steps > 20);
}

static void prepare_next(void)
{
	prepare_former();
	end_former();
	take_span();
}

TEST(keptConnection_closedWhileACallEnds_leavesNothing)
{
	closed_at_each_step(prepare_former, end_former, 0);
}

TEST(keptConnection_closedWhileACallBegins_leavesNothing)
{
	closed_at_each_step(prepare_next, choose_next, &next);
}

/* The answer says that the connection ends with it: it is closed before the call returns, which still tells the peer. */
TEST(keptConnection_closedBeforeTheCallReturns_isToldByIt)
{
	prepare_former();
	close_connection();
	end_former();
	struct span client = take_span();

	EXPECT(strstr(client.text, "peer_address=00000000000000000000ffff0a000002:8080"));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}
