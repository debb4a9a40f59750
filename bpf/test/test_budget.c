/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A budget leaves out whole traces of a process, and is changed while they are under way. */
#include "go_headers.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"

#define ALL 0
#define NONE (1ull << 56)
#define CLOSED (~0ull)

static struct goroutine handler, worker, callee;
static struct exchange exchange, called;

/* The desk serves the shop's call. */
static void call_the_desk(__u64 budget_meanwhile)
{
	called = go_exchange(go_server_conn(go_tcp_conn_of(V4(10, 0, 0, 3, 90), SERVER_END)), A_REQUEST());
	callee = go_routine(&DESK, 19);
	client_start(handler, go_client_request("GET", A_URL(), go_background()));
	client_connected(handler, go_client_conn(go_tcp_conn_of(SERVER_END, V4(10, 0, 0, 3, 90))));
	probes_set("zs_budget_threshold", budget_meanwhile);
	server_start(callee, called);
	server_end(callee, called, 200);
	client_end(handler, go_reply(200));
	server_close(callee);
}

/* A worker that has the request's context alone. */
static void call_from_a_worker(void)
{
	worker = go_routine(&SHOP, 18);
	client_start(worker, go_client_request("GET", A_URL(), go_value_context(exchange.context)));
	client_end(worker, go_reply(200));
}

static void begin(__u64 budget, const char *traceparent)
{
	struct header header = {"Traceparent", {traceparent}};

	probes_set("zs_header_formats", 1);
	probes_set("zs_budget_threshold", budget);
	handler = go_routine(&SHOP, 17);
	exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	if (traceparent)
		go_put(exchange.request + REQUEST_HEADER, go_swiss_small(&header, 1));
	server_start(handler, exchange);
}

static void end(void)
{
	server_end(handler, exchange, 200);
	server_close(handler);
}

static int take_all(void)
{
	int spans = 0;

	for (; kernel_records(); spans++)
		take_span();
	return spans;
}

static const char SAMPLED[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(budget_spent_leavesTheWholeTraceOutAndCountsIt)
{
	begin(NONE, 0);
	call_from_a_worker();
	call_the_desk(NONE);
	end();
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_BUDGET), 4);
	EXPECT_EQUAL(kernel_losses(), 4);
}

TEST(budget_thatComesBack_leavesNoTraceInPieces)
{
	begin(NONE, 0);
	call_the_desk(ALL);
	call_from_a_worker();
	end();
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(budget_thatIsSpentMeanwhile_lacksNothingOfTheProcessesOwnTrace)
{
	begin(ALL, 0);
	probes_set("zs_budget_threshold", NONE);
	call_from_a_worker();
	client_start(handler, go_client_request("GET", A_URL(), go_background()));
	client_end(handler, go_reply(200));
	end();
	EXPECT_EQUAL(take_all(), 3);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(budget_overrulesTheCallersDecision)
{
	begin(NONE, SAMPLED);
	end();
	EXPECT_EQUAL(kernel_records(), 0);
	begin(ALL, SAMPLED);
	end();
	EXPECT_EQUAL(take_all(), 1);
}

/* The trace's last 56 bits are 48eb211c80319c. */
TEST(budget_goesByTheTraceId)
{
	begin(0x48eb211c80319c, SAMPLED);
	end();
	EXPECT_EQUAL(take_all(), 1);
	begin(0x48eb211c80319d, SAMPLED);
	end();
	EXPECT_EQUAL(take_all(), 0);
}

TEST(budget_countsNotWhatTheSamplerLeavesOut)
{
	probes_set("zs_sampling", 1);
	probes_set("zs_sampling_threshold", NONE);
	begin(NONE, 0);
	call_from_a_worker();
	end();
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_BUDGET), 0);
}

/* A sampler that keeps everything would else keep the children of what the budget leaves out. */
TEST(budget_holdsAgainstASamplerThatKeepsAll)
{
	probes_set("zs_sampling", 1);
	probes_set("zs_sampling_threshold", ALL);
	begin(NONE, 0);
	call_from_a_worker();
	call_the_desk(ALL);
	end();
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(panic_inATraceThatIsLeftOut_leavesNoRecord)
{
	begin(NONE, 0);
	server_close(handler);
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(probeToBeDetached_endsWhatIsOpenAndBeginsNothing)
{
	begin(ALL, 0);
	client_start(handler, go_client_request("GET", A_URL(), go_background()));
	probes_set("zs_budget_threshold", CLOSED);
	call_from_a_worker();
	client_end(handler, go_reply(200));
	end();
	EXPECT_EQUAL(take_all(), 2);
	begin(CLOSED, 0);
	end();
	EXPECT_EQUAL(take_all(), 0);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONTEXT), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

/* Its call has no span to end: the one around it must not be ended in its place. */
TEST(probeToBeDetached_withinItsOwnSpan_endsThatOnce)
{
	begin(ALL, 0);
	client_start(handler, go_client_request("GET", A_URL(), go_background()));
	client_end(handler, go_reply(200));
	probes_set("zs_budget_threshold", CLOSED);
	client_start(handler, go_client_request("GET", A_URL(), go_background()));
	client_end(handler, go_reply(200));
	end();
	EXPECT_EQUAL(take_all(), 2);
}
