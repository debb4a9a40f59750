/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Patterns of routes that stand in the program itself, and others. */
#include "go_world.h"
#include "probes.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

static struct process shop;
static struct exchange exchange;

static go_ptr pattern(void)
{
	return go_get(exchange.request + REQUEST_PATTERN);
}

/* A request for a route, whose pattern ends where read-only data does, all but so many bytes. */
static void route(const char *text, int beyond)
{
	shop = SHOP;
	exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST(.pattern = text));
	shop.code_end = pattern();
	shop.variables = pattern() + strlen(text) - beyond;
}

static int serve_shows(const char *text)
{
	struct goroutine goroutine = go_routine(&shop, 17);
	struct span span;

	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	span = take_span();
	return strstr(span.text, text) != 0;
}

TEST(fixedText_inReadOnlyData_isReadOnce)
{
	route("GET /hello", 0);
	EXPECT(serve_shows("pattern=GET /hello "));
	go_lose(pattern());
	EXPECT(serve_shows("pattern=GET /hello "));
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(fixedText_notWhollyThere_isReadEachTime)
{
	route("GET /hello", 1);
	EXPECT(serve_shows("pattern=GET /hello "));
	go_put_bytes(pattern(), "PUT", 3);
	EXPECT(serve_shows("pattern=PUT /hello "));
}

TEST(fixedText_longerThanItsPlace_isReadEachTime)
{
	route("GET /a/route/of/thirty-three/byte", 0);
	EXPECT(serve_shows("pattern=GET /a/route/of/thirty-three/byte "));
	go_put_bytes(pattern(), "PUT", 3);
	EXPECT(serve_shows("pattern=PUT /a/route/of/thirty-three/byte "));
}

/* Others have the address in common where the program is loaded anywhere. */
TEST(fixedText_ofProgramAtAnyAddress_isReadEachTime)
{
	probes_set("zs_pie", 1);
	route("GET /hello", 0);
	EXPECT(serve_shows("pattern=GET /hello "));
	go_put_bytes(pattern(), "PUT", 3);
	EXPECT(serve_shows("pattern=PUT /hello "));
}

/* A part of the same text is another one; both want the same place, which the first keeps. */
TEST(fixedText_ofAnotherLength_isAnotherOne)
{
	route("GET /hello", 0);
	EXPECT(serve_shows("pattern=GET /hello "));
	go_put(exchange.request + REQUEST_PATTERN + 8, 5);
	EXPECT(serve_shows("pattern=GET / "));
	go_put(exchange.request + REQUEST_PATTERN + 8, 10);
	EXPECT(serve_shows("pattern=GET /hello "));
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(fixedText_unread_isLeftOutAndCounted)
{
	route("GET /hello", 0);
	go_lose(pattern());
	EXPECT(!serve_shows("pattern="));
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}
