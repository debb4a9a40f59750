/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A span for each stream that a server gets. */
#include "http2_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

static go_ptr a_conn(void)
{
	return http2_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
}

static struct span serve(enum http2_copy copy, struct stream stream, __u64 status)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	kernel_time(1000);
	http2_serve(copy, goroutine, stream);
	kernel_time(3000);
	http2_served(copy, goroutine, stream, status);
	return take_span();
}

static void expect_nothing_left(void)
{
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONTEXT), 0);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(http2_server_stream_isOneRootSpanWithAllAttributes)
{
	for (enum http2_copy copy = NET_HTTP; copy <= X_NET; copy++) {
		struct span span = serve(copy, http2_arrived(a_conn(), 5, A_REQUEST()), 404);

		expect_root(&span);
		EXPECT_TEXT(span.text, "server 100/17 1000..3000 method=GET uri=/hello?q=1 host=shop:8080 "
				       "peer=10.0.0.1:40000 pattern=GET /hello major=2 minor=0 tls=false status=404");
		expect_nothing_left();
	}
}

/* The request is another type; its pattern is the router's to tell. */
TEST(http2_server_streamOfNetHttpsOwnPackage_isOneRootSpanToo)
{
	http2_own();
	struct span span = serve(NET_HTTP, http2_arrived(a_conn(), 5, A_REQUEST(.tls = 1)), 404);

	expect_root(&span);
	EXPECT_TEXT(span.text, "server 100/17 1000..3000 method=GET uri=/hello?q=1 host=shop:8080 "
			       "peer=10.0.0.1:40000 major=2 minor=0 tls=true status=404");
	expect_nothing_left();
}

#define CAME "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 major=2 minor=0 tls=false status=200"
#define HANDED "method=PUT uri=/hello?q=1 host=shop peer=192.0.2.1:1 pattern=GET /hello major=2 minor=0 tls=false status=200"

static struct goroutine streams;
static struct stream the_stream;
static go_ptr handed;

/* The handler has it, and middleware has written into it. */
static void hand(struct interface conn)
{
	http2_own();
	streams = go_routine(&SHOP, 17);
	the_stream = http2_arrived(http2_server_conn(conn), 5, A_REQUEST());
	http2_serve(NET_HTTP, streams, the_stream);
	handed = http2_hand(streams, the_stream, A_REQUEST(.method = "PUT", .host = "shop", .remote = "192.0.2.1:1"));
}

static struct span answer(void)
{
	http2_served(NET_HTTP, streams, the_stream, 200);
	return take_span();
}

/* Its memory is another request's now. */
static void collect(void)
{
	go_put(handed + REQUEST_CTX + 8, go_cancel_context(go_background()).data);
	go_put_string(handed + REQUEST_METHOD, "DELETE");
}

TEST(http2_server_requestThatWasHandedOn_isToldAsTheHandlerLeftIt)
{
	struct interface conns[] = {go_tcp_conn_of(SERVER_END, CLIENT_END),
				    go_interface_of(TYPE_UNIX_CONN, go_alloc(0x20))};

	for (int i = 0; i < 2; i++) {
		hand(conns[i]);
		struct span span = answer();

		EXPECT_TEXT(attributes(&span), HANDED);
	}
}

TEST(http2_server_requestThatWasCollected_isToldAsItCame)
{
	hand(go_tcp_conn_of(SERVER_END, CLIENT_END));
	collect();
	struct span span = answer();

	EXPECT_TEXT(attributes(&span), CAME);
	expect_nothing_left();
}

TEST(http2_server_requestWhosePageIsGone_isToldAsItCame)
{
	hand(go_tcp_conn_of(SERVER_END, CLIENT_END));
	go_lose(handed);
	struct span span = answer();

	EXPECT_TEXT(attributes(&span), CAME);
	expect_nothing_left();
}

/* At each step of the probe; a step that is never reached ends the test. */
TEST(http2_server_requestThatIsCollectedWhileItIsRead_isNeverTwo)
{
	for (int step = 1;; step++) {
		hand(go_tcp_conn_of(SERVER_END, CLIENT_END));
		kernel_interrupt(step, collect);
		struct span span = answer();

		if (!kernel_interrupted())
			break;
		EXPECT(!strcmp(attributes(&span), CAME) || !strcmp(attributes(&span), HANDED) ||
		       (!strcmp(attributes(&span), "status=200") && kernel_counter(ZS_LOST_READ)));
	}
}

/* Whoever writes with something else is somebody else. */
TEST(http2_server_requestOfAnotherWriter_isNotTaken)
{
	hand(go_tcp_conn_of(SERVER_END, CLIENT_END));
	struct stream other = the_stream;

	other.writer = go_alloc(0x20);
	http2_hand(streams, other, A_REQUEST(.method = "POST"));
	struct span span = answer();

	EXPECT_TEXT(attributes(&span), HANDED);
}

TEST(http2_server_ownPackageWhoseRequestIsUnknown_doesNothing)
{
	http2_own();
	probes_set("stream_tls", ZS_NO_FIELD);
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct stream stream = http2_arrived(a_conn(), 1, A_REQUEST());

	http2_serve(NET_HTTP, goroutine, stream);
	http2_served(NET_HTTP, goroutine, stream, 200);
	expect_nothing_left();
}

TEST(http2_server_statusNeverWritten_is200)
{
	struct span span = serve(NET_HTTP, http2_arrived(a_conn(), 5, A_REQUEST(.pattern = 0)), 0);

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "major=2 minor=0 tls=false status=200");
}

TEST(http2_server_panic_hasNoStatus)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	http2_serve(NET_HTTP, goroutine, http2_arrived(a_conn(), 5, A_REQUEST(.pattern = 0)));
	http2_panicked(NET_HTTP, goroutine);
	struct span span = take_span();

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "major=2 minor=0 tls=false panic=true");
	expect_nothing_left();
}

TEST(http2_server_peer_isTheConnectionsAlsoBehindH2c)
{
	struct interface tcp = go_tcp_conn_of(SERVER_END, CLIENT_END);
	go_ptr conns[] = {http2_server_conn(tcp), http2_server_conn(go_tls_conn_of(tcp)),
			  http2_server_conn(h2c_conn_of(tcp))};

	probes_server_peer();
	for (int i = 0; i < 3; i++) {
		struct span span = serve(X_NET, http2_arrived(conns[i], 1, A_REQUEST(.remote = 0, .pattern = 0)), 200);

		EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 major=2 minor=0 tls=false "
					       "peer_address=00000000000000000000ffff0a000001:40000 status=200");
	}
	expect_nothing_left();
}

TEST(http2_server_connectionOfUnknownType_isARootAndCounted)
{
	go_ptr conn = http2_server_conn(go_interface_of(TYPE_UNIX_CONN, go_alloc(0x20)));
	struct span span = serve(NET_HTTP, http2_arrived(conn, 5, A_REQUEST()), 200);

	expect_root(&span);
	EXPECT_EQUAL(kernel_counter(ZS_UNKNOWN_CONNECTION), 1);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(http2_server_streamsOfOneConnection_areSpansOfTheirOwn)
{
	struct goroutine a = go_routine(&SHOP, 17), b = go_routine(&SHOP, 18);
	go_ptr conn = a_conn();
	struct stream first = http2_arrived(conn, 1, A_REQUEST()), second = http2_arrived(conn, 3, A_REQUEST());

	http2_serve(NET_HTTP, a, first);
	http2_serve(NET_HTTP, b, second);
	http2_served(NET_HTTP, a, first, 200);
	struct span one = take_span();

	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONTEXT), 1);
	http2_served(NET_HTTP, b, second, 200);
	struct span two = take_span();

	EXPECT(one.event.span_id != two.event.span_id && one.event.goid != two.event.goid);
	expect_nothing_left();
}

TEST(http2_server_callWithinTheHandler_isAChild)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct stream stream = http2_arrived(a_conn(), 1, A_REQUEST());

	http2_serve(NET_HTTP, goroutine, stream);
	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
	client_end(goroutine, go_reply(200));
	struct span child = take_span();

	http2_served(NET_HTTP, goroutine, stream, 200);
	struct span server = take_span();

	expect_child(&child, &server);
	expect_nothing_left();
}

/* net/http's own handler is called within, on the same goroutine. */
TEST(http2_server_serverHandlerWithin_changesNothing)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct stream stream = http2_arrived(a_conn(), 1, A_REQUEST());

	http2_serve(NET_HTTP, goroutine, stream);
	server_start(goroutine, (struct exchange){.response = stream.writer, .request = stream.request});
	http2_served(NET_HTTP, goroutine, stream, 200);
	take_span();
	expect_nothing_left();
}

TEST(http2_server_packageThatIsNotInTheProgram_doesNothing)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct stream stream = http2_arrived(a_conn(), 1, A_REQUEST());

	probes_set("x_http2_state", ZS_NO_FIELD);
	http2_serve(X_NET, goroutine, stream);
	http2_served(X_NET, goroutine, stream, 200);
	expect_nothing_left();
}

TEST(http2_server_armedInMidStream_waitsForTheNext)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	http2_served(NET_HTTP, goroutine, http2_arrived(a_conn(), 1, A_REQUEST()), 200);
	expect_nothing_left();
}
