/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a client's span says of its request and the answer. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static const struct url EVERYTHING = {.scheme = "https", .opaque = "//shop/x", .host = "shop:8443", .path = "/a b",
				      .raw_path = "/a%20b", .query = "q=1"};

static go_ptr a_request(void)
{
	return go_client_request("GET", A_URL(), go_background());
}

static go_ptr a_conn(void)
{
	return go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
}

TEST(client_request_isOneRootSpanWithAllAttributes)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct url url = EVERYTHING;
	struct span span;

	url.user = go_alloc(0x10);
	kernel_time(1000);
	client_start(goroutine, go_client_request("POST", url, go_background()));
	kernel_time(2000);
	client_connected(goroutine, a_conn());
	kernel_time(3000);
	client_end(goroutine, go_reply(201));
	span = take_span();
	expect_root(&span);
	EXPECT_TEXT(span.text, "client 200/33 1000..3000 method=POST scheme=https opaque=//shop/x host=shop:8443 "
			       "path=/a b raw_path=/a%20b query=q=1 user=true "
			       "peer_address=00000000000000000000ffff0a000002:8080 status=201 major=1 minor=1");
	EXPECT_EQUAL(span.event.process_start_ns, DESK.start_ns);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(client_connectionRefused_hasTheErrorsTypeAndNoStatus)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	client_start(goroutine, a_request());
	client_fail(goroutine, TYPE_ERROR);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=GET scheme=http host=shop:8080 path=/hello error=type:540300");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(client_requestAfterRedirects_saysHowMany)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	go_ptr request = a_request();
	struct span span;

	for (int i = 0; i < 2; i++) {
		go_ptr reply = go_reply(302), next = a_request();

		go_put(reply + REPLY_REQUEST, request);
		go_put(next + REQUEST_RESPONSE, reply);
		request = next;
	}
	client_start(goroutine, request);
	client_end(goroutine, go_reply(200));
	span = take_span();
	EXPECT_TEXT(attributes(&span),
		    "method=GET scheme=http host=shop:8080 path=/hello resends=2 status=200 major=1 minor=1");
}

TEST(client_ipv6Peer_isSentWhole)
{
	struct address local = {.ip = {[15] = 1}, .length = 16, .port = 40000};
	struct address remote = {.ip = {0x20, 0x01, 0x0d, 0xb8, [15] = 9}, .length = 16, .port = 65535};
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	client_start(goroutine, a_request());
	client_connected(goroutine, go_client_conn(go_tcp_conn_of(local, remote)));
	client_end(goroutine, go_reply(200));
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=GET scheme=http host=shop:8080 path=/hello "
				       "peer_address=20010db8000000000000000000000009:65535 status=200 major=1 minor=1");
}

TEST(client_insideHandler_isItsChild)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr conn = go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
	struct exchange exchange = go_exchange(conn, A_REQUEST());
	struct span client, server;

	server_start(goroutine, exchange);
	client_start(goroutine, a_request());
	client_end(goroutine, go_reply(200));
	server_end(goroutine, exchange, 200);
	client = take_span();
	server = take_span();
	expect_child(&client, &server);
	expect_root(&server);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(client_twoCallsInHandler_areSiblings)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr conn = go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
	struct exchange exchange = go_exchange(conn, A_REQUEST());
	struct span first, second, server;

	server_start(goroutine, exchange);
	client_start(goroutine, a_request());
	client_end(goroutine, go_reply(200));
	client_start(goroutine, a_request());
	client_fail(goroutine, TYPE_ERROR);
	server_end(goroutine, exchange, 200);
	first = take_span();
	second = take_span();
	server = take_span();
	expect_child(&first, &server);
	expect_child(&second, &server);
	EXPECT(first.event.span_id != second.event.span_id);
}

TEST(client_insideClient_isItsChild)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span inner, outer;

	client_start(goroutine, a_request());
	client_start(goroutine, a_request());
	client_end(goroutine, go_reply(200));
	client_end(goroutine, go_reply(200));
	inner = take_span();
	outer = take_span();
	expect_child(&inner, &outer);
	expect_root(&outer);
}

TEST(client_sameGoidInOtherProcess_isNoParent)
{
	go_ptr conn = go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
	struct goroutine caller = go_routine(&DESK, 17);
	struct span client;

	server_start(go_routine(&SHOP, 17), go_exchange(conn, A_REQUEST()));
	client_start(caller, a_request());
	client_end(caller, go_reply(200));
	client = take_span();
	expect_root(&client);
}

TEST(client_armedInMidCall_endsNothing)
{
	struct goroutine goroutine = go_routine(&DESK, 33);

	client_connected(goroutine, a_conn());
	client_end(goroutine, go_reply(200));
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(client_notArmed_doesNothing)
{
	struct goroutine goroutine = go_routine(&DESK, 33);

	kernel_arm(EXECUTABLE, 0);
	client_start(goroutine, a_request());
	client_connected(goroutine, a_conn());
	client_end(goroutine, go_reply(200));
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONNECTION), 0);
}

/* The span of the goroutine itself is nearer than any context. */
TEST(client_insideARequest_doesNotReadItsContext)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange =
		go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_ptr request = go_client_request("GET", A_URL(), go_background());

	server_start(goroutine, exchange);
	go_lose(request);
	client_start(goroutine, request);
	EXPECT_EQUAL(kernel_losses(), 0);
}
