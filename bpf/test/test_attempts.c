/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Requests that net/http's transport sends again by itself: a span for each attempt. */
#include "go_headers.h"
#include "http2_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

static struct goroutine caller;
static go_ptr request;

static const struct address OTHER_END = {.ip = {10, 0, 0, 2}, .length = 4, .port = 9090};

static void run(const char *program, const go_ptr arguments[9])
{
	kernel_run_as(caller.process);
	probes_run(CLIENT, program, caller.g, arguments);
}

static void connect_to(struct address server)
{
	client_connected(caller, go_client_conn(go_tcp_conn_of(CLIENT_END, server)));
}

static void fail(struct interface error)
{
	run("connection_failed", (const go_ptr[9]){0, request, error.itab, error.data});
}

static struct interface an_error(void)
{
	return go_interface_of(TYPE_ERROR, go_alloc(0x10));
}

static void send_again(void)
{
	run("sent_again", (const go_ptr[9]){request});
}

/* A call has its first connection at 1000 and loses it at 2000. */
static void begin(void)
{
	caller = go_routine(&DESK, 33);
	request = go_client_request("GET", A_URL(), go_background());
	kernel_time(1000);
	client_start(caller, request);
	connect_to(SERVER_END);
	kernel_time(2000);
	fail(an_error());
}

static struct span serve(struct address server, __u64 goid)
{
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(server, CLIENT_END)), A_REQUEST());
	struct goroutine handler = go_routine(&SHOP, goid);

	server_start(handler, exchange);
	server_end(handler, exchange, 200);
	return take_span();
}

static void expect_nothing_left(void)
{
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION) + kernel_entries(ZS_KEY_GOROUTINE), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(attempts_sentAgain_areASpanEach)
{
	struct span first, second;

	begin();
	kernel_time(3000);
	send_again();
	first = take_span();
	connect_to(OTHER_END);
	kernel_time(4000);
	client_end(caller, go_reply(200));
	second = take_span();
	EXPECT_TEXT(first.text, "client 200/33 1000..2000 method=GET scheme=http host=shop:8080 path=/hello "
				"peer_address=00000000000000000000ffff0a000002:8080 error=type:540300");
	EXPECT_TEXT(second.text, "client 200/33 3000..4000 method=GET scheme=http host=shop:8080 path=/hello resends=1 "
				 "peer_address=00000000000000000000ffff0a000002:9090 status=200 major=1 minor=1");
	EXPECT(first.event.span_id != second.event.span_id);
	expect_root(&first);
	expect_root(&second);
	expect_nothing_left();
}

TEST(attempts_insideAHandler_areBothItsChildren)
{
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	struct goroutine handler = go_routine(&DESK, 33);
	struct span first, second, server;

	server_start(handler, exchange);
	begin();
	send_again();
	client_end(caller, go_reply(200));
	server_end(handler, exchange, 200);
	first = take_span();
	second = take_span();
	server = take_span();
	expect_child(&first, &server);
	expect_child(&second, &server);
}

TEST(attempts_server_isTheChildOfTheAttemptThatReachedIt)
{
	struct span early, first, late, second;

	caller = go_routine(&DESK, 33);
	request = go_client_request("GET", A_URL(), go_background());
	client_start(caller, request);
	connect_to(SERVER_END);
	early = serve(SERVER_END, 17);
	fail(an_error());
	send_again();
	first = take_span();
	connect_to(OTHER_END);
	late = serve(OTHER_END, 18);
	client_end(caller, go_reply(200));
	second = take_span();
	expect_remote_child(&early, &first);
	expect_remote_child(&late, &second);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

/* What a server reads when the client has given the connection up already. */
TEST(attempts_serverBehindTheFailure_isARoot)
{
	struct span server;

	begin();
	server = serve(SERVER_END, 17);
	expect_root(&server);
	client_fail(caller, TYPE_ERROR);
	take_span();
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

TEST(attempts_notSentAgain_areOneSpanWithItsPeer)
{
	struct span span;

	begin();
	kernel_time(3000);
	client_fail(caller, TYPE_ERROR);
	span = take_span();
	EXPECT_TEXT(span.text, "client 200/33 1000..3000 method=GET scheme=http host=shop:8080 path=/hello "
			       "peer_address=00000000000000000000ffff0a000002:8080 error=type:540300");
	expect_nothing_left();
}

TEST(attempts_lastWithoutAConnection_hasNoPeer)
{
	struct span span;

	begin();
	send_again();
	take_span();
	client_fail(caller, TYPE_ERROR);
	span = take_span();
	EXPECT_TEXT(attributes(&span),
		    "method=GET scheme=http host=shop:8080 path=/hello resends=1 error=type:540300");
	expect_nothing_left();
}

TEST(attempts_thatNetHttpWraps_haveTheErrorInside)
{
	static const enum go_type WRAPPERS[] = {TYPE_NOTHING_WRITTEN, TYPE_NOTHING_READ};
	struct span span;

	for (int i = 0; i < 2; i++) {
		struct interface inner = an_error();
		go_ptr wrapper = go_alloc(0x10);

		begin();
		go_put(wrapper, inner.itab);
		go_put(wrapper + 8, inner.data);
		fail(go_interface_of(WRAPPERS[i], wrapper));
		send_again();
		span = take_span();
		EXPECT_TEXT(attributes(&span), "method=GET scheme=http host=shop:8080 path=/hello "
					       "peer_address=00000000000000000000ffff0a000002:8080 error=type:540300");
		client_end(caller, go_reply(200));
		take_span();
	}
	expect_nothing_left();
}

TEST(attempts_afterRedirects_areCountedOnTop)
{
	go_ptr reply, next;
	struct span span;

	begin();
	client_fail(caller, TYPE_ERROR);
	take_span();
	reply = go_reply(302);
	next = go_client_request("GET", A_URL(), go_background());
	go_put(reply + REPLY_REQUEST, request);
	go_put(next + REQUEST_RESPONSE, reply);
	client_start(caller, next);
	for (int i = 0; i < 2; i++) {
		fail(an_error());
		send_again();
		take_span();
	}
	client_end(caller, go_reply(200));
	span = take_span();
	EXPECT_TEXT(attributes(&span),
		    "method=GET scheme=http host=shop:8080 path=/hello resends=3 status=200 major=1 minor=1");
}

TEST(attempts_panicAfterAFailure_leavesNothing)
{
	begin();
	probes_depth(8);
	client_start(caller, request);
	client_end(caller, go_reply(200));
	take_abandoned(1, ZS_END_PANIC);
	take_span();
	expect_nothing_left();
}

TEST(attempts_overHttp2_areASpanEach)
{
	go_ptr conn = http2_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	static const char *const FAILED[] = {"net_http2_failed", "x_http2_failed"};
	struct interface error;
	struct span first, second;

	for (enum http2_copy copy = NET_HTTP; copy <= X_NET; copy++) {
		caller = go_routine(&DESK, 33);
		request = go_client_request("GET", A_URL(), go_background());
		client_start(caller, request);
		http2_attempt(copy, caller, conn);
		error = an_error();
		kernel_time(2000);
		run(FAILED[copy], (const go_ptr[9]){request, error.itab, error.data});
		http2_attempt(copy, caller, conn);
		client_end(caller, go_reply(200));
		first = take_span();
		second = take_span();
		EXPECT_TEXT(attributes(&first), "method=GET scheme=http host=shop:8080 path=/hello "
						"peer_address=00000000000000000000ffff0a000002:8080 error=type:540300");
		EXPECT_TEXT(attributes(&second),
			    "method=GET scheme=http host=shop:8080 path=/hello resends=1 "
			    "peer_address=00000000000000000000ffff0a000002:8080 status=200 major=1 minor=1");
	}
	expect_nothing_left();
}

/* HTTP/2 finds no connection for its second attempt and leaves it to net/http, which makes one. */
TEST(attempts_fromHttp2ToNetHttp_areTwo)
{
	struct interface error = an_error();
	struct span first, second;

	caller = go_routine(&DESK, 33);
	request = go_client_request("GET", A_URL(), go_background());
	client_start(caller, request);
	http2_attempt(NET_HTTP, caller, http2_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
	run("net_http2_failed", (const go_ptr[9]){request, error.itab, error.data});
	send_again();
	http2_attempt(NET_HTTP, caller, http2_client_conn(go_tcp_conn_of(CLIENT_END, OTHER_END)));
	client_end(caller, go_reply(200));
	first = take_span();
	second = take_span();
	EXPECT(first.event.span_id != second.event.span_id);
	EXPECT_EQUAL(kernel_records(), 0);
	expect_nothing_left();
}

/* Its body may have to be read again when no attempt was made yet: another protocol did not want the request. */
TEST(attempts_sentAgainWithoutAFailure_isTheSame)
{
	caller = go_routine(&DESK, 33);
	request = go_client_request("GET", A_URL(), go_background());
	client_start(caller, request);
	send_again();
	EXPECT_EQUAL(kernel_records(), 0);
	client_end(caller, go_reply(200));
	take_span();
	expect_nothing_left();
}

/* The application's own trace header stands in each attempt. */
TEST(attempts_withAHeaderOfTheApplication_areBothInItsTrace)
{
	static const struct header own = {"Traceparent", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}};
	struct span first, second;

	probes_set("zs_out_formats", 1);
	caller = go_routine(&DESK, 33);
	request = go_client_request("GET", A_URL(), go_background());
	go_put(request + REQUEST_HEADER, go_swiss_small(&own, 1));
	client_start(caller, request);
	connect_to(SERVER_END);
	fail(an_error());
	send_again();
	first = take_span();
	EXPECT_EQUAL(kernel_entries(ZS_KEY_ADOPTED), 1);
	client_end(caller, go_reply(200));
	second = take_span();
	EXPECT_EQUAL(first.event.parent_id, 0x003133206971adb7ull);
	EXPECT_EQUAL(second.event.parent_id, first.event.parent_id);
	EXPECT(!memcmp(first.event.trace_id, second.event.trace_id, 16));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_ADOPTED), 0);
	expect_nothing_left();
}
