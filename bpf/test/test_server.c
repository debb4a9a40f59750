/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a server's span says of its request. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

/* One request on goroutine 17 of the shop, from 1000 to 3000. */
static struct span serve(struct exchange exchange, __u64 status)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	kernel_time(1000);
	server_start(goroutine, exchange);
	kernel_time(3000);
	server_end(goroutine, exchange, status);
	return take_span();
}

static go_ptr a_conn(void)
{
	return go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
}

TEST(server_request_isOneRootSpanWithAllAttributes)
{
	struct span span = serve(go_exchange(a_conn(), A_REQUEST()), 404);

	expect_root(&span);
	EXPECT_TEXT(span.text, "server 100/17 1000..3000 method=GET uri=/hello?q=1 host=shop:8080 "
			       "peer=10.0.0.1:40000 pattern=GET /hello major=1 minor=1 tls=false status=404");
	EXPECT_EQUAL(span.event.process_start_ns, SHOP.start_ns);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(server_emptyText_leavesNoAttribute)
{
	struct request request = A_REQUEST(.host = "", .pattern = "", .uri = "*", .method = "OPTIONS");
	struct span span = serve(go_exchange(a_conn(), request), 200);

	EXPECT_TEXT(attributes(&span), "method=OPTIONS uri=* peer=10.0.0.1:40000 major=1 minor=1 tls=false status=200");
}

TEST(server_statusNeverWritten_is200)
{
	struct span span = serve(go_exchange(a_conn(), A_REQUEST(.minor = 0)), 0);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /hello major=1 minor=0 tls=false status=200");
}

TEST(server_tls_isMarkedAndItsConnectionUnderstood)
{
	struct interface inner = go_tcp_conn_of(SERVER_END, CLIENT_END);
	go_ptr conn = go_server_conn(go_tls_conn_of(inner));
	struct span span = serve(go_exchange(conn, A_REQUEST(.tls = go_alloc(8))), 200);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /hello major=1 minor=1 tls=true status=200");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(server_pattern_isReadThroughPatBeforeGo123)
{
	probes_set("req_pattern", ZS_NO_FIELD);
	struct span span = serve(go_exchange(a_conn(), A_REQUEST(.pattern = "GET /{id}")), 200);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /{id} major=1 minor=1 tls=false status=200");
}

TEST(server_pattern_ofNoRoute_isNotRead)
{
	probes_set("req_pattern", ZS_NO_FIELD);
	struct span span = serve(go_exchange(a_conn(), A_REQUEST(.pattern = 0)), 404);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "major=1 minor=1 tls=false status=404");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(server_patternUnknownToGo_isLeftOut)
{
	probes_set("req_pattern", ZS_NO_FIELD);
	probes_set("req_pat", ZS_NO_FIELD);
	struct span span = serve(go_exchange(a_conn(), A_REQUEST()), 200);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "major=1 minor=1 tls=false status=200");
}

TEST(server_http2Request_isIgnored)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	server_start(goroutine, go_exchange(a_conn(), A_REQUEST(.major = 2, .minor = 0)));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONTEXT), 0);
	server_close(goroutine);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(server_notArmed_doesNothing)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = go_exchange(a_conn(), A_REQUEST());

	kernel_arm(EXECUTABLE, 0);
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	server_close(goroutine);
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONTEXT), 0);
}

TEST(server_otherExecutableArmed_doesNothing)
{
	kernel_arm(EXECUTABLE, 0);
	kernel_arm(EXECUTABLE + 1, 1);
	server_start(go_routine(&SHOP, 17), go_exchange(a_conn(), A_REQUEST()));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(server_probesOfTwoWaves_actOnce)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = go_exchange(a_conn(), A_REQUEST());

	server_start(goroutine, exchange);
	kernel_arm(EXECUTABLE, 2); /* while the request is under way */
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 0);
	kernel_wave(2);
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 1);
}

TEST(server_armedInMidRequest_waitsForTheNext)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = go_exchange(a_conn(), A_REQUEST());

	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 0);
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 1);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(server_finishOfAnotherResponse_isIgnored)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = go_exchange(a_conn(), A_REQUEST()), other = go_exchange(a_conn(), A_REQUEST());

	server_start(goroutine, exchange);
	server_end(goroutine, other, 500);
	EXPECT_EQUAL(kernel_records(), 0);
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 1);
}

/* net/http's server keeps the goroutine for the whole connection. */
TEST(server_keepAlive_keepsTheEntryUntilTheConnectionEnds)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr conn = a_conn();

	for (int i = 0; i < 3; i++) {
		struct exchange exchange = go_exchange(conn, A_REQUEST());
		struct span span;

		server_start(goroutine, exchange);
		EXPECT_EQUAL(kernel_entries(ZS_KEY_CONTEXT), 1);
		server_end(goroutine, exchange, 200);
		span = take_span();
		expect_root(&span);
		EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 1);
		EXPECT_EQUAL(kernel_entries(ZS_KEY_CONTEXT), 0);
	}
	server_close(goroutine);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(server_keepAlive_readsTheConnectionOnce)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct interface tcp = go_tcp_conn_of(SERVER_END, CLIENT_END);
	struct exchange exchange = go_exchange(go_server_conn(tcp), A_REQUEST());

	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	go_lose(tcp.data);
	server_start(goroutine, exchange);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(server_twoRequests_areTwoTraces)
{
	struct exchange exchange = go_exchange(a_conn(), A_REQUEST());
	struct span first = serve(exchange, 200), second = serve(exchange, 200);

	EXPECT(__builtin_memcmp(first.event.trace_id, second.event.trace_id, 16));
	EXPECT(first.event.span_id != second.event.span_id);
}

TEST(server_unixSocket_isARootAndCounted)
{
	struct interface conn = go_interface_of(TYPE_UNIX_CONN, go_alloc(0x20));
	struct span span = serve(go_exchange(go_server_conn(conn), A_REQUEST(.remote = "@")), 200);

	expect_root(&span);
	EXPECT_EQUAL(kernel_counter(ZS_UNKNOWN_CONNECTION), 1);
	EXPECT_EQUAL(kernel_losses(), 1);
}

TEST(server_goroutineOfTheRuntime_isCountedAndIgnored)
{
	server_start(go_routine(&SHOP, 0), go_exchange(a_conn(), A_REQUEST()));
	EXPECT_EQUAL(kernel_counter(ZS_LOST_FAULT), 1);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

/* Middleware may have set RemoteAddr from a header that anybody can send. */
TEST(server_peer_isTheConnectionsAndNotWhatTheHandlerSaysItIs)
{
	probes_server_peer();
	struct span span = serve(go_exchange(a_conn(), A_REQUEST(.remote = "9.9.9.9:1")), 200);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=9.9.9.9:1 pattern=GET /hello "
				       "major=1 minor=1 tls=false "
				       "peer_address=00000000000000000000ffff0a000001:40000 status=200");
}

/* net/http puts the connection's own text into each request. */
static struct exchange unchanged(struct address client)
{
	go_ptr conn = go_server_conn(go_tcp_conn_of(SERVER_END, client));
	struct exchange exchange = go_exchange(conn, A_REQUEST(.remote = "[fe80::1%eth0]:1"));

	go_put(conn + CONN_REMOTE_ADDR, go_get(exchange.request + REQUEST_REMOTE_ADDR));
	return exchange;
}

TEST(server_clientThatNobodyChanged_isThePeer)
{
	struct span span = serve(unchanged(CLIENT_END), 200);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 client_is_peer=true pattern=GET /hello "
				       "major=1 minor=1 tls=false status=200");
}

/* Its zone is not in the address. */
TEST(server_clientOfIpv6_isTheText)
{
	struct span span = serve(unchanged((struct address){.ip = {0xfe, 0x80, [15] = 1}, .length = 16, .port = 1}), 200);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=[fe80::1%eth0]:1 "
				       "pattern=GET /hello major=1 minor=1 tls=false status=200");
}
