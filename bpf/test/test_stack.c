/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Spans open in one goroutine: too many of them, panics through them, and goroutines that come again. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static struct exchange an_exchange(void)
{
	return go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
}

static void call(struct goroutine goroutine)
{
	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
}

TEST(stack_full_isCountedAndKeepsTheOuterSpans)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span spans[ZS_STACK_MAX];

	server_start(goroutine, exchange);
	for (int i = 0; i < ZS_STACK_MAX + 1; i++) /* the server has one place */
		call(goroutine);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_TOO_DEEP), 2);
	client_end(goroutine, go_reply(200));
	client_end(goroutine, go_reply(200));
	EXPECT_EQUAL(kernel_records(), 0);
	for (int i = 1; i < ZS_STACK_MAX; i++)
		client_end(goroutine, go_reply(200));
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), ZS_STACK_MAX);
	for (int i = 0; i < ZS_STACK_MAX; i++)
		spans[i] = take_span();
	for (int i = 1; i < ZS_STACK_MAX; i++)
		expect_child(&spans[i - 1], &spans[i]);
	expect_root(&spans[ZS_STACK_MAX - 1]);
	EXPECT_EQUAL(kernel_losses(), 2);
}

/* The connection of a call that has no frame must not offer the span of the call around it. */
TEST(stack_full_offersNobodysSpan)
{
	struct goroutine goroutine = go_routine(&DESK, 33);

	for (int i = 0; i < ZS_STACK_MAX + 1; i++)
		call(goroutine);
	client_connected(goroutine, go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

TEST(stack_fullAndPanicked_isEmptyForTheNextRequest)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span span;

	server_start(goroutine, exchange);
	for (int i = 0; i < ZS_STACK_MAX + 3; i++)
		call(goroutine);
	server_end(goroutine, exchange, 500);
	take_abandoned(ZS_STACK_MAX - 1, ZS_END_PANIC);
	span = take_span();
	expect_root(&span);
	server_start(goroutine, exchange);
	call(goroutine);
	client_end(goroutine, go_reply(200));
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 2);
}

/* Somebody recovers each panic and calls again from the same place, in a goroutine that serves no request. */
TEST(panic_throughCalls_leavesNeitherAParentNorAFullStack)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	probes_depth(0x400);
	for (int i = 0; i < 2 * ZS_STACK_MAX; i++)
		call(goroutine);
	client_end(goroutine, go_reply(200));
	take_abandoned(2 * ZS_STACK_MAX - 1, ZS_END_PANIC);
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

/* Go moves a stack when it grows: addresses change, depths don't. */
TEST(panic_throughACall_keepsTheOneAroundItOnAMovedStack)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span inner, outer;

	probes_depth(0x400);
	call(goroutine);
	probes_depth(0x800);
	call(goroutine);
	go_put(goroutine.g + G_STACK_HI, GO_STACK_TOP + 0x10000);
	probes_depth(0x800 - 0x10000);
	call(goroutine);
	client_end(goroutine, go_reply(200));
	client_end(goroutine, go_reply(200));
	take_abandoned(1, ZS_END_PANIC);
	inner = take_span();
	outer = take_span();
	expect_child(&inner, &outer);
	expect_root(&outer);
}

/* The handler recovers a panic that left two calls open, and returns. */
TEST(panic_throughInnerSpans_endsTheServersOwn)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span span;

	server_start(goroutine, exchange);
	call(goroutine);
	call(goroutine);
	server_end(goroutine, exchange, 500);
	take_abandoned(2, ZS_END_PANIC);
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(span.event.kind, ZS_SERVER);
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(panic_ofHandler_endsWithTheConnection)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span span;

	kernel_time(1000);
	server_start(goroutine, exchange);
	go_put(goroutine.g + G_PANIC, go_alloc(0x40));
	kernel_time(4000);
	server_close(goroutine);
	span = take_span();
	EXPECT_TEXT(span.text, "server 100/17 1000..4000 method=GET uri=/hello?q=1 host=shop:8080 "
			       "peer=10.0.0.1:40000 pattern=GET /hello major=1 minor=1 tls=false panic=true");
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONTEXT), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(goexit_ofHandler_isNoPanic)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	go_ptr panic = go_alloc(0x40);
	struct span span;

	server_start(goroutine, an_exchange());
	go_put(panic + PANIC_GOEXIT / 8 * 8, 0x100);
	go_put(goroutine.g + G_PANIC, panic);
	server_close(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /hello major=1 minor=1 tls=false goexit=true");
}

TEST(hijack_endsTheRequestAtTheHandOver)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span span;

	kernel_time(1000);
	server_start(goroutine, exchange);
	kernel_time(2000);
	server_hijack(goroutine, exchange);
	span = take_span();
	EXPECT_EQUAL(span.event.end_ns, 2000);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONTEXT), 0);
	server_close(goroutine);
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(hijack_withinAnotherSpan_waitsForTheConnectionsEnd)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();

	server_start(goroutine, exchange);
	call(goroutine);
	server_hijack(goroutine, exchange);
	EXPECT_EQUAL(kernel_records(), 0);
	client_end(goroutine, go_reply(200));
	server_close(goroutine);
	EXPECT_EQUAL(kernel_records(), 2);
	EXPECT_EQUAL(kernel_losses(), 0);
}

/* The handler took the connection over: nobody calls finishRequest, and nothing panicked. */
TEST(hijack_endsWithTheConnection)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span span;

	server_start(goroutine, exchange);
	go_put(exchange.response + RESPONSE_STATUS, 101);
	server_close(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /hello major=1 minor=1 tls=false status=101");
}

TEST(hijack_withoutStatus_inventsNone)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	server_start(goroutine, an_exchange());
	server_close(goroutine);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /hello major=1 minor=1 tls=false");
}

TEST(close_ofIdleConnection_leavesNothing)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();

	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	take_span();
	go_put(goroutine.g + G_PANIC, go_alloc(0x40));
	server_close(goroutine);
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(pid_usedAgain_ignoresTheOldEntryAndTellsOfIt)
{
	struct process reborn = SHOP;
	struct goroutine goroutine;
	struct span span;

	reborn.start_ns += 5000000;
	server_start(go_routine(&SHOP, 17), an_exchange());
	goroutine = go_routine(&reborn, 17);
	call(goroutine);
	take_abandoned(1, ZS_END_EXIT);
	client_end(goroutine, go_reply(200));
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(span.event.process_start_ns, reborn.start_ns);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(pid_usedAgain_endsNothingOfTheOldProcess)
{
	struct process reborn = SHOP;
	struct exchange exchange = an_exchange();

	reborn.start_ns += 5000000;
	server_start(go_routine(&SHOP, 17), exchange);
	server_end(go_routine(&reborn, 17), exchange, 200);
	take_abandoned(1, ZS_END_EXIT);
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE), 0);
}

/* A third probe's span, left open by a panic that the function around it recovered. */
TEST(panic_throughAnotherProbesSpan_isGivenUpWithIt)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	call(goroutine);
	probes_client_type(CLIENT_TYPE + 1);
	call(goroutine);
	call(goroutine);
	probes_client_type(CLIENT_TYPE);
	client_end(goroutine, go_reply(200));
	take_abandoned(2, ZS_END_PANIC);
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

/* A connection's goroutine may call out between requests, as from ConnState. */
TEST(close_afterCallBetweenRequests_leavesNothing)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span span;

	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	take_span();
	call(goroutine);
	client_end(goroutine, go_reply(200));
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 1);
	server_close(goroutine);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(stack_ofTheProgramBeforeAnExec_isNobodysParent)
{
	struct process after = SHOP;

	world_reset();
	after.execs = SHOP.execs + 1;
	client_start(go_routine(&SHOP, 17), go_client_request("GET", A_URL(), go_background()));
	client_start(go_routine(&after, 17), go_client_request("GET", A_URL(), go_background()));
	take_abandoned(1, ZS_END_EXIT);
	client_end(go_routine(&after, 17), go_reply(200));
	struct span span = take_span();

	expect_root(&span);
}
