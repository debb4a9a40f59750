/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Functions that never return: Go unwinds the stack past them. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static struct exchange an_exchange(void)
{
	return go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
}

static void call_at(struct goroutine goroutine, __u64 depth)
{
	probes_depth(depth);
	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
}

static void return_at(struct goroutine goroutine, __u64 depth)
{
	probes_depth(depth);
	kernel_cookie(probes_return_cookie);
	client_end(goroutine, go_reply(200));
	kernel_cookie(0);
}

/* The return is probed behind the call. */
static void return_in_caller(struct goroutine goroutine, __u64 depth)
{
	probes_depth(depth - probes_call_bytes);
	kernel_cookie(probes_return_cookie | probes_caller_cookie);
	client_end(goroutine, go_reply(200));
	kernel_cookie(0);
}

/* A function whose frame's lower end is that deep has recovered. Runs on the thread's own stack. */
static void recover_at(struct goroutine goroutine, __u64 depth)
{
	go_ptr panic = go_alloc(0x40);
	const go_ptr registers[9] = {goroutine.g};

	go_put(goroutine.g + G_PANIC, panic);
	go_put(panic + PANIC_SP, GO_STACK_TOP - depth);
	kernel_run_as(goroutine.process);
	probes_run(UNWINDING, "recovered", go_routine(goroutine.process, 0).g, registers);
}

static void goexit(struct goroutine goroutine)
{
	const go_ptr registers[9] = {};

	probes_depth(0x2000);
	kernel_run_as(goroutine.process);
	probes_run(UNWINDING, "goroutine_ends", goroutine.g, registers);
}

TEST(recovered_aboveACall_endsIt)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	call_at(goroutine, 0x400);
	recover_at(goroutine, 0x3f8); /* it called the call: the return address lies between */
	take_abandoned(1, ZS_END_PANIC);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
	call_at(goroutine, 0x800); /* from deeper than before */
	return_at(goroutine, 0x800);
	span = take_span();
	expect_root(&span);
}

TEST(returnBehindTheCall_endsTheCall)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	call_at(goroutine, 0x400);
	return_in_caller(goroutine, 0x400);
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(recovered_withinACall_keepsIt)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	call_at(goroutine, 0x400);
	recover_at(goroutine, 0x400 + 8); /* the call itself deferred */
	recover_at(goroutine, 0x600);
	EXPECT_EQUAL(kernel_records(), 0);
	return_at(goroutine, 0x400);
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(recovered_betweenCalls_endsTheInnerOnes)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span inner, outer;

	call_at(goroutine, 0x400);
	call_at(goroutine, 0x600);
	call_at(goroutine, 0x800);
	recover_at(goroutine, 0x500);
	take_abandoned(2, ZS_END_PANIC);
	call_at(goroutine, 0xa00);
	return_at(goroutine, 0xa00);
	return_at(goroutine, 0x400);
	inner = take_span();
	outer = take_span();
	expect_child(&inner, &outer);
	expect_root(&outer);
}

TEST(recovered_inAHandler_keepsTheRequest)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange = an_exchange();
	struct span span;

	probes_depth(0x300);
	server_start(goroutine, exchange);
	call_at(goroutine, 0x600);
	recover_at(goroutine, 0x500);
	take_abandoned(1, ZS_END_PANIC);
	server_end(goroutine, exchange, 200);
	span = take_span();
	expect_root(&span);
}

TEST(recovered_deeperThanTheStack_endsWhatHasNoPlaceToo)
{
	struct goroutine goroutine = go_routine(&DESK, 33);

	for (int i = 0; i < ZS_STACK_MAX + 2; i++)
		call_at(goroutine, 0x400 + 0x100 * i);
	recover_at(goroutine, 0x480);
	take_abandoned(ZS_STACK_MAX - 1, ZS_END_PANIC);
	return_at(goroutine, 0x400);
	take_span();
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(recovered_withNothingOpen_doesNothing)
{
	recover_at(go_routine(&DESK, 33), 0x400);
	EXPECT_EQUAL(kernel_records() + kernel_losses(), 0);
}

/* What was offered to a server is taken back with the call that offered it. */
TEST(recovered_aboveACallThatHasAConnection_withdrawsItsOffer)
{
	struct goroutine goroutine = go_routine(&DESK, 33);

	call_at(goroutine, 0x400);
	client_connected(goroutine, go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 1);
	recover_at(goroutine, 0x300);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

TEST(goexit_endsAllCallsOfTheGoroutine)
{
	struct goroutine goroutine = go_routine(&DESK, 33);

	call_at(goroutine, 0x400);
	call_at(goroutine, 0x600);
	goexit(goroutine);
	take_abandoned(2, ZS_END_GOEXIT);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(goexit_ofAHandler_leavesTheRequestToItsConnection)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	probes_depth(0x300);
	server_start(goroutine, an_exchange());
	call_at(goroutine, 0x600);
	goexit(goroutine);
	take_abandoned(1, ZS_END_GOEXIT);
	server_close(goroutine);
	span = take_span();
	EXPECT_EQUAL(span.event.kind, ZS_SERVER);
}

/* The start of a call may be lost; its return must not end the call around it. */
TEST(return_ofACallThatDidNotBegin_endsNoOther)
{
	struct goroutine goroutine = go_routine(&DESK, 33);
	struct span span;

	call_at(goroutine, 0x400);
	return_at(goroutine, 0x600);
	EXPECT_EQUAL(kernel_records(), 0);
	return_at(goroutine, 0x400);
	span = take_span();
	expect_root(&span);
}
