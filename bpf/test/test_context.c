/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Children in other goroutines, found by the context.Context they were given. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static struct goroutine handler;
static struct exchange exchange;

static void serve(void)
{
	handler = go_routine(&SHOP, 17);
	exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	server_start(handler, exchange);
}

/* A call made in another goroutine of the process with a context. */
static struct span call(const struct process *process, struct interface context)
{
	struct goroutine goroutine = go_routine(process, 18);

	client_start(goroutine, go_client_request("GET", A_URL(), context));
	client_end(goroutine, go_reply(200));
	return take_span();
}

static struct span served(void)
{
	server_end(handler, exchange, 200);
	return take_span();
}

TEST(context_ofTheRequest_leadsToItsSpan)
{
	serve();
	struct span child = call(&SHOP, exchange.context), parent = served();

	expect_child(&child, &parent);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(context_derivedThroughAllTypes_leadsToTheSpan)
{
	serve();
	struct interface derived = go_cancel_context(go_timer_context(go_value_context(exchange.context)));
	struct span child = call(&SHOP, derived), parent = served();

	expect_child(&child, &parent);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(context_ofPositionIndependentExecutable_leadsToTheSpan)
{
	struct interface derived;
	struct span child, parent;

	serve();
	derived = go_value_context(exchange.context);
	go_put(derived.itab + 8, TYPE_VALUE_CONTEXT + 0x550000000000);
	probes_set("zs_pie", 1);
	kernel_cookie(0x401234);
	probes_ip(0x401234 + 0x550000000000);
	child = call(&SHOP, derived);
	parent = served();
	expect_child(&child, &parent);
}

TEST(stackCheck_branchThatWouldBeTaken_countsOnlyTheSecondTime)
{
	struct span span;

	probes_set("zs_stack_checks", 1);
	kernel_cookie(0x401234 | probes_cookie_stack_check);
	probes_stack_grows(1);
	serve();
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
	probes_stack_grows(0);
	serve();
	span = served();
	expect_root(&span);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(stackCheck_siteOfAnotherKind_ignoresTheFlags)
{
	struct span span;

	probes_set("zs_stack_checks", 1);
	kernel_cookie(0x401234);
	probes_stack_grows(1);
	serve();
	span = served();
	expect_root(&span);
}

TEST(context_throughForeignType_endsTheWalk)
{
	serve();
	struct interface foreign = go_context(TYPE_FOREIGN_CONTEXT, 0, exchange.context);
	struct span child = call(&SHOP, go_value_context(foreign));

	expect_root(&child);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(context_ofNobody_isARoot)
{
	serve();
	struct span child = call(&SHOP, go_value_context(go_background()));

	expect_root(&child);
}

TEST(context_nil_isARoot)
{
	serve();
	struct span child = call(&SHOP, (struct interface){});

	expect_root(&child);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(context_ofFinishedRequest_isARoot)
{
	serve();
	served();
	struct span child = call(&SHOP, exchange.context);

	expect_root(&child);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(context_inOtherProcess_isARoot)
{
	serve();
	struct span child = call(&DESK, exchange.context);

	expect_root(&child);
}

/* A fork of the same program has its heap at the same addresses, and may get the pid of one that was killed. */
TEST(context_ofDeadProcessWithTheSamePid_isARoot)
{
	struct process reborn = SHOP;

	reborn.start_ns += 5000000;
	serve();
	struct span child = call(&reborn, exchange.context);

	expect_root(&child);
}

static struct interface wrapped(int times)
{
	struct interface context = exchange.context;

	while (times--)
		context = go_value_context(context);
	return context;
}

TEST(context_asDeepAsTheLimit_leadsToTheSpan)
{
	serve();
	struct span child = call(&SHOP, wrapped(probes_chain_max - 1)), parent = served();

	expect_child(&child, &parent);
}

TEST(context_deeperThanTheLimit_isARoot)
{
	serve();
	struct span child = call(&SHOP, wrapped(probes_chain_max));

	expect_root(&child);
}

TEST(context_ofItself_endsTheWalk)
{
	struct interface loop;

	serve();
	loop = go_value_context(go_background());
	go_put(loop.data + VALUE_CONTEXT, loop.itab);
	go_put(loop.data + VALUE_CONTEXT + 8, loop.data);
	struct span child = call(&SHOP, loop);

	expect_root(&child);
}

TEST(context_onMissingPage_isARootAndCounted)
{
	struct interface derived;

	serve();
	derived = go_value_context(exchange.context);
	go_lose(derived.data);
	struct span child = call(&SHOP, derived);

	expect_root(&child);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

TEST(context_itabOnMissingPage_isARootAndCounted)
{
	struct interface derived;

	serve();
	derived = go_value_context(exchange.context);
	go_lose(derived.itab);
	struct span child = call(&SHOP, derived);

	expect_root(&child);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

/* The goroutine's own open span is nearer than whatever context it uses. */
TEST(context_inHandlerItself_yieldsToTheStack)
{
	struct goroutine other = go_routine(&SHOP, 40);
	struct exchange elsewhere;
	struct span child, parent;

	serve();
	elsewhere = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	server_start(other, elsewhere);
	client_start(handler, go_client_request("GET", A_URL(), elsewhere.context));
	client_end(handler, go_reply(200));
	child = take_span();
	parent = served();
	expect_child(&child, &parent);
}
