/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A process was killed, and the next one has its pid and goroutines of the same numbers before the host has looked. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

#define GOID 17

static struct process reborn;
static struct goroutine killed, next;

static void begin(void)
{
	world_reset();
	reborn = SHOP;
	reborn.start_ns += 5000000;
	killed = go_routine(&SHOP, GOID);
	next = go_routine(&reborn, GOID);
}

static struct exchange an_exchange(void)
{
	return go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
}

static void call(struct goroutine goroutine)
{
	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
}

static void expect_own_root(void)
{
	struct span span;

	client_end(next, go_reply(200));
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(span.event.process_start_ns, reborn.start_ns);
}

TEST(pidUsedAgain_tellsWhatTheFormerLeftOpen_andInheritsNothing)
{
	begin();
	server_start(killed, an_exchange());
	call(killed);
	call(next);
	take_abandoned(2, ZS_END_EXIT);
	expect_own_root();
	EXPECT_EQUAL(kernel_records() + kernel_losses(), 0);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(pidUsedAgain_tellsWhoseSpansTheyWere)
{
	struct zs_event event;

	begin();
	call(killed);
	call(next);
	EXPECT_EQUAL(kernel_take_record(&event, sizeof(event)), sizeof(event));
	EXPECT_EQUAL(event.process_start_ns, SHOP.start_ns);
	EXPECT_EQUAL(event.tgid, SHOP.tgid);
	EXPECT_EQUAL(event.goid, GOID);
}

TEST(pidUsedAgain_endsNothingOfTheFormerAsItsOwn)
{
	struct exchange exchange;

	begin();
	exchange = an_exchange();
	server_start(killed, exchange);
	server_end(next, exchange, 200);
	take_abandoned(1, ZS_END_EXIT);
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(pidUsedAgain_afterAnIdleConnection_hasNothingToTell)
{
	struct exchange exchange;

	begin();
	exchange = an_exchange();
	server_start(killed, exchange);
	server_end(killed, exchange, 200);
	take_span();
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 1);
	call(next);
	EXPECT_EQUAL(kernel_records(), 0);
	expect_own_root();
}

TEST(pidUsedAgain_takesTheFormersOfferBack)
{
	begin();
	call(killed);
	client_connected(killed, go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 1);
	call(next);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

TEST(pidUsedAgain_withoutRoomToTell_isCounted)
{
	begin();
	server_start(killed, an_exchange());
	call(killed);
	kernel_ring_max(16);
	call(next);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_RING_FULL), 2);
	EXPECT_EQUAL(probes_slots_busy(), 0);
}

static int told_by_host;

/* Others have the element at once. */
static void host_takes(void)
{
	told_by_host = kernel_take_goroutine(&SHOP, GOID);
	call(go_routine(&reborn, GOID + 1));
}

static void next_calls(void)
{
	call(next);
}

/* At each step in turn: the host and the program are never both the one who tells, nor neither. */
TEST(pidUsedAgain_whileTheHostLooks_tellsOnce)
{
	int by_host = 0, by_probe = 0;

	for (int nth = 1;; nth++) {
		begin();
		call(killed);
		told_by_host = 0;
		kernel_interrupt(nth, host_takes);
		next_calls();
		if (!kernel_interrupted())
			break;
		if (kernel_records()) {
			take_abandoned(1, ZS_END_EXIT);
			by_probe++;
		}
		by_host += told_by_host;
		EXPECT_EQUAL(by_host + by_probe, nth);
		expect_own_root();
	}
	EXPECT(by_host > 3 && by_probe > 3);
}
