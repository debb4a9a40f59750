/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Which spans leave a record, and how a decision reaches all that a request causes. */
#include "go_headers.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"

#define FORMATS 0x030201 /* trace context, B3 in one header, in several */
#define HALF (1ull << 55)
#define ALL 0
#define NONE (1ull << 56)

static struct goroutine handler, worker, callee;
static struct exchange exchange;

static void sampler(__u64 threshold, int parent_based)
{
	probes_set("zs_sampling", 1);
	probes_set("zs_sampling_threshold", threshold);
	probes_set("zs_sampling_parent_based", parent_based);
}

/* A request with one header reaches the shop, over a connection from the desk; null: without. */
static void serve(const char *name, const char *value)
{
	struct header header = {name, {value}};

	probes_set("zs_header_formats", FORMATS);
	handler = go_routine(&SHOP, 17);
	exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	if (name)
		go_put(exchange.request + REQUEST_HEADER, go_swiss_small(&header, 1));
	server_start(handler, exchange);
}

/*
 * It calls the desk from its own goroutine, and from a worker's with its context. The spans end in this order: the
 * desk's server, the call that reached it, the worker's call, the request.
 */
static void cause_all(void)
{
	go_ptr ends = go_client_conn(go_tcp_conn_of(SERVER_END, V4(10, 0, 0, 3, 90)));
	struct exchange called = go_exchange(go_server_conn(go_tcp_conn_of(V4(10, 0, 0, 3, 90), SERVER_END)), A_REQUEST());

	worker = go_routine(&SHOP, 18);
	callee = go_routine(&DESK, 19);
	client_start(handler, go_client_request("GET", A_URL(), go_background()));
	client_connected(handler, ends);
	server_start(callee, called);
	server_end(callee, called, 200);
	client_end(handler, go_reply(200));
	client_start(worker, go_client_request("GET", A_URL(), go_value_context(exchange.context)));
	client_end(worker, go_reply(200));
	server_end(handler, exchange, 200);
	server_close(callee);
	server_close(handler);
}

static void expect_no_record(void)
{
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE) + kernel_entries(ZS_KEY_CONTEXT) +
		     kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

static void expect_tree(__u8 inherited)
{
	struct span last = take_span(), call = take_span(), other = take_span(), first = take_span();

	EXPECT_EQUAL(first.event.flags & ZS_EVENT_INHERITED, inherited);
	EXPECT_EQUAL(call.event.flags, inherited);
	EXPECT_EQUAL(other.event.flags, inherited);
	EXPECT_EQUAL(last.event.flags, inherited | ZS_EVENT_REMOTE_PARENT);
	EXPECT_EQUAL(call.event.parent_id, first.event.span_id);
	EXPECT_EQUAL(other.event.parent_id, first.event.span_id);
	EXPECT_EQUAL(last.event.parent_id, call.event.span_id);
	expect_no_record();
}

static const char SAMPLED[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
static const char UNSAMPLED[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

TEST(flags_withoutASampler_reachAllThatARequestCauses)
{
	serve("Traceparent", UNSAMPLED);
	cause_all();
	expect_tree(ZS_EVENT_DECIDED | ZS_EVENT_UNSAMPLED);
	serve("Traceparent", SAMPLED);
	cause_all();
	expect_tree(ZS_EVENT_DECIDED);
	serve("B3", "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331");
	cause_all();
	expect_tree(0);
	serve(0, 0);
	cause_all();
	expect_tree(0);
}

TEST(decisionWithoutParent_reachesAllThatARequestCauses)
{
	serve("B3", "0");
	cause_all();
	expect_tree(ZS_EVENT_DECIDED | ZS_EVENT_UNSAMPLED);
}

TEST(unsampledByTheCaller_leavesNoRecordOfAnything)
{
	sampler(ALL, 1);
	serve("Traceparent", UNSAMPLED);
	cause_all();
	expect_no_record();
	serve("B3", "0");
	cause_all();
	expect_no_record();
}

TEST(sampledByTheCaller_isRecordedWhateverTheThreshold)
{
	sampler(NONE, 1);
	serve("Traceparent", SAMPLED);
	cause_all();
	expect_tree(ZS_EVENT_DECIDED);
	serve("X-B3-Flags", "1");
	cause_all();
	expect_tree(ZS_EVENT_DECIDED);
}

TEST(undecidedByTheCaller_goesByTheThreshold)
{
	sampler(NONE, 1);
	serve("B3", "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331");
	cause_all();
	expect_no_record();
	sampler(ALL, 1);
	serve("B3", "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331");
	cause_all();
	expect_tree(0);
}

TEST(callersDecision_notParentBased_isOverruled)
{
	sampler(ALL, 0);
	serve("Traceparent", UNSAMPLED);
	cause_all();
	expect_tree(0);
	sampler(NONE, 0);
	serve("Traceparent", SAMPLED);
	cause_all();
	expect_no_record();
}

TEST(noneAndAll_ofRoots)
{
	sampler(NONE, 1);
	serve(0, 0);
	cause_all();
	expect_no_record();
	sampler(ALL, 1);
	serve(0, 0);
	cause_all();
	expect_tree(0);
}

/* The trace's last 56 bits are 48eb211c80319c; the byte before them must not matter. */
TEST(threshold_isComparedWithTheLast56BitsOfTheTraceId)
{
	static const struct {
		__u64 threshold;
		int records;
	} table[] = {{0x48eb211c80319b, 4}, {0x48eb211c80319c, 4}, {0x48eb211c80319d, 0}, {HALF, 0}, {HALF / 2, 4}};

	for (unsigned int i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		sampler(table[i].threshold, 1);
		serve("B3", "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331");
		cause_all();
		EXPECT_EQUAL(kernel_records(), table[i].records);
		while (kernel_records())
			take_span();
	}
}

/* What a record says of its trace must be what its threshold says, or another host would keep another half. */
TEST(roots_halfOfThem_areKeptByTheirTraceIds)
{
	int kept = 0;

	sampler(HALF, 1);
	for (int i = 0; i < 200; i++) {
		serve(0, 0);
		server_end(handler, exchange, 200);
		server_close(handler);
		while (kernel_records()) {
			EXPECT(take_span().event.trace_id[9] & 0x80);
			kept++;
		}
	}
	EXPECT(kept > 60 && kept < 140);
	expect_no_record();
}

TEST(panic_inAnUnsampledRequest_leavesNoRecord)
{
	sampler(NONE, 1);
	serve(0, 0);
	server_close(handler);
	expect_no_record();
}

TEST(callsThatFail_inAnUnsampledRequest_leaveNoRecord)
{
	sampler(NONE, 1);
	serve(0, 0);
	client_start(handler, go_client_request("GET", A_URL(), go_background()));
	client_fail(handler, TYPE_ERROR);
	server_end(handler, exchange, 200);
	server_close(handler);
	expect_no_record();
}

/* The memory of an unsampled request is not touched at its end: it may as well be gone. */
TEST(unsampled_isNotReadAtItsEnd)
{
	sampler(NONE, 1);
	serve(0, 0);
	go_lose(exchange.request);
	server_end(handler, exchange, 200);
	server_close(handler);
	expect_no_record();
}
