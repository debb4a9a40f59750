/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Functions that only a configuration names: what a plan reads of arguments and results. */
#include "../probes/function_layout.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

/* Link-time addresses of the sites. */
#define START 0x401000ull
#define END 0x401080ull
/* How deep in its stack a function begins. */
#define DEPTH 0x100

/* Registers count from 0 in a plan. */
#define REGISTER(number, value_, ...) \
	((struct function_read){.attribute = METHOD, .value = value_, .from = number, __VA_ARGS__})
#define MEMORY_AT(number, value_, ...) REGISTER(number, value_, .memory = 1, __VA_ARGS__)

static void plan_at(__u64 site, struct function_plan plan)
{
	plan.head.type = FUNCTION_TYPE;
	plan.kind = ZS_INTERNAL;
	probes_plan(site, &plan);
}

static struct function_plan nothing(void)
{
	return (struct function_plan){.context = {.from = FUNCTION_NOWHERE}};
}

static struct function_plan reading(struct function_read read)
{
	struct function_plan plan = nothing();

	plan.reads = 1;
	plan.read[0] = read;
	return plan;
}

static void hit(const char *program, __u64 cookie, struct goroutine goroutine, const go_ptr registers[9])
{
	kernel_cookie(cookie);
	kernel_run_as(goroutine.process);
	probes_run(FUNCTION, program, goroutine.g, registers);
}

/* A call whose start has this plan: the attributes of its span. */
static const char *argument_at(__u64 depth, struct function_read read, const go_ptr registers[9])
{
	static struct span span;
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct function_plan end = nothing();

	end.keeps = 1;
	probes_depth(depth);
	plan_at(START, reading(read));
	plan_at(END, end);
	hit("function_start", START, goroutine, registers);
	hit("function_end", END | probes_return_cookie, goroutine, (const go_ptr[9]){});
	span = take_span();
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE), 0);
	EXPECT_EQUAL(probes_slots_busy(), 0);
	return attributes(&span);
}

static const char *argument(struct function_read read, const go_ptr registers[9])
{
	return argument_at(DEPTH, read, registers);
}

/* A call whose end has this plan, at a return or behind the call in the caller. */
static const char *result_at(__u64 depth, struct function_read read, int caller, const go_ptr registers[9])
{
	static struct span span;
	struct goroutine goroutine = go_routine(&SHOP, 17);

	probes_depth(depth);
	plan_at(START, nothing());
	plan_at(END, reading(read));
	hit("function_start", START, goroutine, (const go_ptr[9]){});
	probes_depth(depth - (caller ? probes_call_bytes : 0));
	hit("function_end", END | probes_return_cookie | (caller ? probes_caller_cookie : 0), goroutine, registers);
	span = take_span();
	return attributes(&span);
}

static const char *result(struct function_read read, const go_ptr registers[9])
{
	return result_at(DEPTH, read, 0, registers);
}

/* A stack with these words where arguments and results lie; what the programs then take for its depth. */
static __u64 stack_of(__u64 first, __u64 second)
{
	go_ptr at = go_alloc(0x40);

	go_put(at + 8, first);
	go_put(at + 16, second);
	return GO_STACK_TOP - at;
}

TEST(function_integersOfEachSize_haveTheirSign)
{
	EXPECT_TEXT(argument(REGISTER(2, FUNCTION_SIGNED, .size = 1), (const go_ptr[9]){0, 0, 0xabcdfd}), "method=-3");
	EXPECT_TEXT(argument(REGISTER(2, FUNCTION_SIGNED, .size = 4), (const go_ptr[9]){0, 0, 0xfffffffe}), "method=-2");
	EXPECT_TEXT(argument(REGISTER(2, FUNCTION_UNSIGNED, .size = 2), (const go_ptr[9]){0, 0, 0x1ffff}), "method=65535");
	EXPECT_TEXT(argument(REGISTER(8, FUNCTION_SIGNED, .size = 8), (const go_ptr[9]){[8] = -1ull}), "method=-1");
}

TEST(function_bool_isItsLowestByte)
{
	EXPECT_TEXT(argument(REGISTER(0, FUNCTION_BOOL, .size = 1), (const go_ptr[9]){0xff00}), "method=false");
	EXPECT_TEXT(argument(REGISTER(0, FUNCTION_BOOL, .size = 1), (const go_ptr[9]){0xff01}), "method=true");
}

TEST(function_text_isReadBeforeTheFunctionTakesIt)
{
	go_ptr bytes = go_put_string(go_alloc(0x10), "cup");

	EXPECT_TEXT(argument(REGISTER(3, FUNCTION_TEXT), (const go_ptr[9]){0, 0, 0, bytes, 3}), "method=cup");
}

TEST(function_fieldBehindPointers_isFound)
{
	go_ptr cart = go_alloc(0x40), owner = go_alloc(0x40);

	go_put(cart + 0x18, owner);
	go_put_string(owner + 8, "Ada");
	EXPECT_TEXT(argument(MEMORY_AT(0, FUNCTION_TEXT, .hops = 1, .at = {0x18, 8}), (const go_ptr[9]){cart}), "method=Ada");
}

TEST(function_nilOnTheWay_isNoAttributeAndNoLoss)
{
	go_ptr cart = go_alloc(0x40);
	struct function_read name = MEMORY_AT(0, FUNCTION_TEXT, .hops = 1, .at = {0x18, 8});

	EXPECT_TEXT(argument(name, (const go_ptr[9]){cart}), "");
	EXPECT_TEXT(argument(name, (const go_ptr[9]){0}), "");
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(function_pageThatIsNotThere_isCounted)
{
	go_ptr cart = go_alloc(0x40);

	go_lose(cart);
	EXPECT_TEXT(argument(MEMORY_AT(0, FUNCTION_SIGNED, .size = 8), (const go_ptr[9]){cart}), "");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

TEST(function_argumentsThatWentToTheStack_areFound)
{
	struct function_read word = MEMORY_AT(FUNCTION_STACK, FUNCTION_SIGNED, .size = 8);
	__u64 depth = stack_of(41, 42);

	EXPECT_TEXT(argument_at(depth, word, (const go_ptr[9]){}), "method=41");
	word.at[0] = 8;
	EXPECT_TEXT(argument_at(depth, word, (const go_ptr[9]){}), "method=42");
}

TEST(function_resultsOnTheStack_areFoundFromTheCallerToo)
{
	struct function_read word = MEMORY_AT(FUNCTION_STACK, FUNCTION_SIGNED, .size = 8);
	__u64 depth = stack_of(41, 42);

	EXPECT_TEXT(result_at(depth, word, 0, (const go_ptr[9]){}), "method=41");
	EXPECT_TEXT(result_at(depth, word, 1, (const go_ptr[9]){}), "method=41");
}

TEST(function_plainError_isItsText)
{
	struct interface error = go_interface_of(TYPE_PQ_ERROR, go_alloc(0x20));
	struct function_plan plan = reading(REGISTER(0, FUNCTION_ERROR));
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct span span;

	go_put_string(error.data, "sold out");
	plan.plain_errors[1] = TYPE_PQ_ERROR;
	probes_depth(DEPTH);
	plan_at(START, nothing());
	plan_at(END, plan);
	hit("function_start", START, goroutine, (const go_ptr[9]){});
	hit("function_end", END | probes_return_cookie, goroutine, (const go_ptr[9]){error.itab, error.data});
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=sold out");
}

TEST(function_errorOfAnotherType_isItsType)
{
	struct interface error = go_interface_of(TYPE_MYSQL_ERROR, go_alloc(0x20));
	const go_ptr registers[9] = {error.itab, error.data};

	EXPECT_TEXT(result(REGISTER(0, FUNCTION_ERROR), registers), "uri=type:540600");
	EXPECT_TEXT(result(REGISTER(0, FUNCTION_ERROR_TYPE), registers), "method=type:540600");
	EXPECT_TEXT(result(REGISTER(0, FUNCTION_ERROR), (const go_ptr[9]){}), "");
}

TEST(function_interfaces_areTheTypeThatTheyHold)
{
	struct interface held = go_interface_of(TYPE_TCP_CONN, go_alloc(0x20));

	EXPECT_TEXT(argument(REGISTER(0, FUNCTION_INTERFACE), (const go_ptr[9]){held.itab, held.data}), "method=type:520040");
	EXPECT_TEXT(argument(REGISTER(0, FUNCTION_ANY), (const go_ptr[9]){TYPE_TCP_CONN, held.data}), "method=type:520040");
	EXPECT_TEXT(argument(REGISTER(0, FUNCTION_ANY), (const go_ptr[9]){}), "");
}

TEST(function_pair_isTwoAttributes)
{
	EXPECT_TEXT(argument(REGISTER(0, FUNCTION_PAIR), (const go_ptr[9]){7, 8}), "method=7 uri=8");
}

TEST(function_contextAmongItsArguments_namesTheParent)
{
	struct goroutine caller = go_routine(&SHOP, 17), callee = go_routine(&SHOP, 18);
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	struct function_plan plan = nothing();
	struct span child, parent;

	server_start(caller, exchange);
	plan.context = REGISTER(1, FUNCTION_TEXT);
	probes_depth(DEPTH);
	plan_at(START, plan);
	plan_at(END, nothing());
	hit("function_start", START, callee, (const go_ptr[9]){0, exchange.context.itab, exchange.context.data});
	hit("function_end", END | probes_return_cookie, callee, (const go_ptr[9]){});
	kernel_cookie(0);
	server_end(caller, exchange, 200);
	child = take_span();
	parent = take_span();
	expect_child(&child, &parent);
}

TEST(function_siteWithoutAPlan_isNoSpan)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	hit("function_start", START, goroutine, (const go_ptr[9]){});
	hit("function_end", END | probes_return_cookie, goroutine, (const go_ptr[9]){});
	EXPECT_EQUAL(kernel_records() + kernel_entries(ZS_KEY_GOROUTINE), 0);
	EXPECT_EQUAL(probes_slots_busy(), 0);
}

/* A plan is the host's, but no byte of it leads out of the program's own memory. */
TEST(function_planOfAnyBytes_readsNothingBeyondItsOwn)
{
	const go_ptr registers[9] = {go_alloc(0x40), 1, 2, 3, 4, 5, 6, 7, 8};
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct function_plan plan;
	__u32 random = 1;

	probes_depth(DEPTH);
	for (int round = 0; round < 2000; round++) {
		for (__u32 i = 0; i < sizeof(plan); i++) {
			random = random * 1664525 + 1013904223;
			((__u8 *)&plan)[i] = random >> 24;
		}
		for (int i = 0; i < FUNCTION_READS_MAX; i++)
			plan.read[i].attribute = 1 + i;
		plan_at(START, plan);
		plan_at(END, plan);
		hit("function_start", START, goroutine, registers);
		hit("function_end", END | probes_return_cookie, goroutine, registers);
		EXPECT_EQUAL(probes_slots_busy(), 0);
		while (kernel_records()) {
			__u8 record[ZS_RECORD_MAX];

			EXPECT(kernel_take_record(record, sizeof(record)));
		}
	}
}
