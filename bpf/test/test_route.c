/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A router's pattern is read at the request's end, and only while the router's object still belongs to the request. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

#define REST "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 major=1 minor=1 tls=false status=200"

/* A request that no pattern of net/http's own was matched for. */
static struct exchange a_request(void)
{
	go_ptr conn = go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));

	return go_exchange(conn, A_REQUEST(.pattern = 0));
}

static void routed(struct goroutine goroutine, const char *program, const go_ptr arguments[9])
{
	kernel_run_as(goroutine.process);
	probes_run(ROUTES, program, goroutine.g, arguments);
}

/* What middleware passes on: its texts are the request's own. */
static go_ptr copy_of(go_ptr request)
{
	go_ptr copy = go_alloc(0x150);

	for (__u32 at = 0; at < 0x150; at += 8)
		go_put(copy + at, go_get(request + at));
	return copy;
}

static go_ptr a_gin_context(go_ptr request)
{
	go_ptr context = go_alloc(0x100);

	go_put(context + GIN_REQUEST, request);
	return context;
}

TEST(route_ofAPooledContext_isReadAtTheEnd)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = a_request();
	go_ptr context = a_gin_context(exchange.request);
	struct span span;

	server_start(goroutine, exchange);
	routed(goroutine, "gin_handle", (const go_ptr[9]){0, context});
	go_put_string(context + GIN_FULL_PATH, "/items/:id");
	go_put(context + GIN_REQUEST, copy_of(exchange.request)); /* as middleware may */
	server_end(goroutine, exchange, 200);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "route=/items/:id " REST);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONTEXT), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(route_ofAContextGivenToAnotherRequest_isNotRead)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = a_request();
	go_ptr context = a_gin_context(exchange.request);
	struct span span;

	server_start(goroutine, exchange);
	routed(goroutine, "gin_handle", (const go_ptr[9]){0, context});
	go_put_string(context + GIN_FULL_PATH, "/others");
	go_put(context + GIN_REQUEST, a_request().request);
	server_end(goroutine, exchange, 200);
	span = take_span();
	EXPECT_TEXT(attributes(&span), REST);
}

TEST(route_thatIsTheRequestsOwnPath_isNone)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = a_request();
	go_ptr context = go_alloc(0x100), path = go_put_string(go_alloc(0x10), "/items/7");
	struct span span;

	go_put(context + ECHO_REQUEST, exchange.request);
	server_start(goroutine, exchange);
	routed(goroutine, "echo_find", (const go_ptr[9]){0, 0, 0, path, 8, 0, context});
	go_put(context + ECHO_PATH, path);
	go_put(context + ECHO_PATH + 8, 8);
	server_end(goroutine, exchange, 200);
	span = take_span();
	EXPECT_TEXT(attributes(&span), REST);
}

/* A chi.Context made in the request's, with as many patterns. */
static go_ptr a_chi_context(struct exchange exchange, int patterns)
{
	go_ptr context = go_alloc(0x100), parts = go_alloc(0x60);

	go_put(context + CHI_PARENT, exchange.context.itab);
	go_put(context + CHI_PARENT + 8, exchange.context.data);
	go_put(context + CHI_PATTERNS, parts);
	go_put(context + CHI_PATTERNS + 8, patterns);
	for (int i = 0; i < patterns; i++)
		go_put_string(parts + i * 16, "/x/*");
	return context;
}

static struct span serve_by_chi(int patterns)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = a_request();

	server_start(goroutine, exchange);
	routed(goroutine, "chi_find", (const go_ptr[9]){0, a_chi_context(exchange, patterns)});
	server_end(goroutine, exchange, 200);
	return take_span();
}

TEST(route_ofMountedRouters_comesInParts)
{
	struct span span = serve_by_chi(2);

	EXPECT_TEXT(attributes(&span), "route=/x/* route_2=/x/* " REST);
}

TEST(route_ofMoreRoutersThanAreRead_isNotKnown)
{
	struct span span = serve_by_chi(5);

	EXPECT_TEXT(attributes(&span), REST);
}

TEST(route_ofACopy_isReadUnlessItWasReused)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = a_request();
	go_ptr copy = copy_of(exchange.request);
	struct span span;

	for (int reused = 0; reused <= 1; reused++) {
		server_start(goroutine, exchange);
		routed(goroutine, "serve_mux", (const go_ptr[9]){0, 0, 0, copy});
		go_put_string(copy + REQUEST_PATTERN, "GET /{id}");
		if (reused)
			go_put(copy + REQUEST_URI, 0x1234);
		server_end(goroutine, exchange, 200);
		span = take_span();
		EXPECT_TEXT(attributes(&span), reused ? REST : "pattern=GET /{id} " REST);
	}
}

TEST(route_outsideOfRequests_isNotNoted)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	routed(goroutine, "gin_handle", (const go_ptr[9]){0, a_gin_context(a_request().request)});
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONTEXT), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}
