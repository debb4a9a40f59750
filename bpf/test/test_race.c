/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Something else happens in the midst of a program, at each of its steps in turn. A child may then lose its parent but
 * never get a wrong one, and nobody else's span may suffer.
 */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static struct goroutine handler, caller, bystander, another;
static struct link {
	go_ptr client, server;
} the_link;
static struct exchange exchange;

static go_ptr a_request(struct interface context)
{
	return go_client_request("GET", A_URL(), context);
}

static void begin(void)
{
	world_reset();
	handler = go_routine(&SHOP, 17);
	caller = go_routine(&DESK, 33);
	bystander = go_routine(&SHOP, 51);
	another = go_routine(&SHOP, 52);
	the_link.client = go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	the_link.server = go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
	exchange = go_exchange(the_link.server, A_REQUEST());
	/* whoever gets a freed element is in a process that lives: only the checks of the element itself protect */
	client_start(another, a_request(go_background()));
	client_connected(another, the_link.client);
	client_end(another, go_reply(200));
	take_span();
}

static void call(struct goroutine goroutine)
{
	client_start(goroutine, a_request(go_background()));
	client_connected(goroutine, the_link.client);
}

/* Takes the elements that were freed last. */
static void open_two_spans(void)
{
	client_start(bystander, a_request(go_background()));
	client_start(another, a_request(go_background()));
}

static void expect_two_spans(void)
{
	client_end(bystander, go_reply(200));
	client_end(another, go_reply(200));
	struct span one = take_span_of(51), two = take_span_of(52);

	expect_root(&one);
	expect_root(&two);
	EXPECT_EQUAL(probes_slots_busy(), 0);
}

static int is_root(const struct span *span)
{
	return !span->event.parent_id;
}

static int lost, kept;

static void tell(const struct span *child, const struct span *parent, int remote)
{
	if (is_root(child)) {
		lost++;
		expect_root(child);
		return;
	}
	kept++;
	(remote ? expect_remote_child : expect_child)(child, parent);
}

/* Runs a program again and again, each time with the event one step later; answers how many steps it had. */
static int at_each_step(void (*prepare)(void), void (*program)(void), void (*happen)(void), void (*check)(void))
{
	for (int nth = 1;; nth++) {
		begin();
		prepare();
		kernel_interrupt(nth, happen);
		program();
		if (!kernel_interrupted())
			return nth - 1;
		check();
	}
}

static void end_call_and_recycle(void)
{
	client_end(caller, go_reply(200));
	open_two_spans();
}

static void begin_call(void)
{
	call(caller);
}

static void serve_start(void)
{
	server_start(handler, exchange);
}

static void server_has_the_caller_or_none(void)
{
	struct span client, server;

	server_end(handler, exchange, 200);
	client = take_span();
	server = take_span();
	tell(&server, &client, 1);
	expect_two_spans();
}

TEST(race_clientEndsWhileServerTakes_givesItsSpanOrNone)
{
	lost = kept = 0;
	EXPECT(at_each_step(begin_call, serve_start, end_call_and_recycle, server_has_the_caller_or_none) > 20);
	EXPECT(lost > 5 && kept > 5);
}

/* Found, but given to another key before it was read: exactly what the key and the sequence are for. */
TEST(race_lostParent_isCounted)
{
	__u64 races = 0;

	for (int nth = 1;; nth++) {
		begin();
		begin_call();
		kernel_interrupt(nth, end_call_and_recycle);
		serve_start();
		if (!kernel_interrupted())
			break;
		races += kernel_counter(ZS_LOST_PARENT_RACE);
	}
	EXPECT(races > 0);
}

static struct goroutine rival;
static struct exchange rivals;

static void serve_as_rival(void)
{
	server_start(rival, rivals);
	server_end(rival, rivals, 200);
}

static void begin_call_and_rival(void)
{
	rival = go_routine(&SHOP, 18);
	rivals = go_exchange(the_link.server, A_REQUEST());
	call(caller);
}

static void one_server_at_most_has_the_parent(void)
{
	server_end(handler, exchange, 200);
	client_end(caller, go_reply(200));
	struct span second = take_span(), first = take_span(), client = take_span();

	EXPECT_EQUAL(first.event.goid, 17);
	EXPECT(is_root(&first) != is_root(&second));
	expect_remote_child(is_root(&first) ? &second : &first, &client);
	EXPECT_EQUAL(probes_slots_busy(), 0);
}

TEST(race_twoServersTakeOneOffer_oneGetsIt)
{
	EXPECT(at_each_step(begin_call_and_rival, serve_start, serve_as_rival, one_server_at_most_has_the_parent) > 20);
}

static void begin_request(void)
{
	serve_start();
}

static void call_with_context(void)
{
	client_start(caller, a_request(go_value_context(exchange.context)));
}

static void use_shops_caller(void)
{
	begin_request();
	caller = go_routine(&SHOP, 33);
}

static void end_request_and_recycle(void)
{
	server_end(handler, exchange, 200);
	open_two_spans();
}

static void child_has_the_request_or_none(void)
{
	client_end(caller, go_reply(200));
	struct span server = take_span(), child = take_span();

	tell(&child, &server, 0);
	expect_two_spans();
}

TEST(race_requestEndsWhileChildLooksForIt_givesItsSpanOrNone)
{
	lost = kept = 0;
	EXPECT(at_each_step(use_shops_caller, call_with_context, end_request_and_recycle,
			    child_has_the_request_or_none) > 20);
	EXPECT(lost > 5 && kept > 5);
}

/* The next request on the connection publishes its context at the same address: the allocator gave it out again. */
static void end_request_and_begin_next(void)
{
	server_end(handler, exchange, 200);
	server_start(handler, exchange);
	open_two_spans();
}

static void child_has_one_of_both_requests_or_none(void)
{
	client_end(caller, go_reply(200));
	server_end(handler, exchange, 200);
	struct span first = take_span(), child = take_span(), second = take_span();

	if (child.event.parent_id == first.event.span_id)
		expect_child(&child, &first);
	else if (!is_root(&child))
		expect_child(&child, &second);
	expect_two_spans();
}

TEST(race_contextAddressUsedAgain_neverMixesTraces)
{
	EXPECT(at_each_step(use_shops_caller, call_with_context, end_request_and_begin_next,
			    child_has_one_of_both_requests_or_none) > 20);
}

static struct goroutine next;

static void begin_call_that_was_served(void)
{
	next = go_routine(&DESK, 34);
	call(caller);
	server_start(handler, exchange);
	server_end(handler, exchange, 200);
	take_span();
}

static void end_call(void)
{
	client_end(caller, go_reply(200));
}

static void call_on_the_same_connection(void)
{
	call(next);
	open_two_spans();
}

static void next_server_has_the_next_caller_or_none(void)
{
	struct span former = take_span_of(33);

	expect_root(&former);
	server_start(handler, exchange);
	server_end(handler, exchange, 200);
	client_end(next, go_reply(200));
	struct span server = take_span(), client = take_span();

	tell(&server, &client, 1);
	expect_two_spans();
}

/* It is lost only where it comes between the former's look at its own offer and the offer's deletion. */
TEST(race_nextCallOffersWhileFormerEnds_neverGivesTheFormer)
{
	lost = 0;
	EXPECT(at_each_step(begin_call_that_was_served, end_call, call_on_the_same_connection,
			    next_server_has_the_next_caller_or_none) > 20);
	EXPECT(lost <= 5);
}

static void prepare_two_first_calls(void)
{
	next = go_routine(&DESK, 34);
}

static void other_calls(void)
{
	struct interface conn = go_tcp_conn_of(V4(10, 0, 0, 1, 40001), SERVER_END);

	client_start(next, a_request(go_background()));
	client_connected(next, go_client_conn(conn));
	open_two_spans();
}

static void server_has_the_caller(void)
{
	server_start(handler, exchange);
	server_end(handler, exchange, 200);
	client_end(caller, go_reply(200));
	struct span server = take_span(), client = take_span();

	expect_remote_child(&server, &client);
	expect_two_spans();
}

TEST(race_twoFirstCallsOfProcess_bothAreGoodParents)
{
	EXPECT(at_each_step(prepare_two_first_calls, begin_call, other_calls, server_has_the_caller) > 20);
}

/* A whole other request runs while the probe is preempted, in the same CPU's buffers. */
static void other_request(void)
{
	struct exchange other = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, V4(10, 0, 0, 9, 1))),
					    A_REQUEST(.uri = "/other", .remote = "10.0.0.9:1"));

	server_start(bystander, other);
	server_end(bystander, other, 500);
	open_two_spans();
}

static void end_request(void)
{
	server_end(handler, exchange, 404);
}

static void both_records_are_whole(void)
{
	struct span first = take_span(), second = take_span();
	const struct span *own = first.event.goid == 17 ? &first : &second;
	const struct span *other = own == &first ? &second : &first;

	EXPECT_TEXT(attributes(own), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				     "pattern=GET /hello major=1 minor=1 tls=false status=404");
	EXPECT_TEXT(attributes(other), "method=GET uri=/other host=shop:8080 peer=10.0.0.9:1 "
				       "pattern=GET /hello major=1 minor=1 tls=false status=500");
	expect_two_spans();
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(race_probePreemptedByAnother_bothRecordsAreWhole)
{
	EXPECT(at_each_step(begin_request, end_request, other_request, both_records_are_whole) > 20);
}

static void server_has_half_an_offer(void)
{
	server_end(handler, exchange, 200);
	client_end(caller, go_reply(200));
	struct span server = take_span(), client = take_span();

	tell(&server, &client, 1);
}

static void prepare_shops_caller(void)
{
	caller = go_routine(&SHOP, 33);
}

static void child_of_half_a_request(void)
{
	client_end(caller, go_reply(200));
	server_end(handler, exchange, 200);
	struct span child = take_span(), server = take_span();

	tell(&child, &server, 0);
}

/* The offer is half written when the server looks for it. */
TEST(race_serverTakesWhileClientOffers_givesItsSpanOrNone)
{
	lost = kept = 0;
	EXPECT(at_each_step(prepare_two_first_calls, begin_call, serve_start, server_has_half_an_offer) > 20);
	EXPECT(lost > 5 && kept > 0);
}

/* The request's context is half published when a child looks for it. */
TEST(race_childLooksWhileRequestBegins_givesItsSpanOrNone)
{
	lost = kept = 0;
	EXPECT(at_each_step(prepare_shops_caller, serve_start, call_with_context, child_of_half_a_request) > 20);
	EXPECT(lost > 5 && kept > 0);
}
