/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The walk through Go's header maps: whatever their layout and size, the header is found, or the loss is counted. */
#include "go_headers.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"

#define PARENT 0x003133206971adb7ull /* b7ad716920333100, as it lies in memory */

static const struct header traceparent = {"Traceparent",
					  {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}};

static struct span serve(go_ptr map)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange =
		go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());

	probes_set("zs_header_formats", 1);
	go_put(exchange.request + REQUEST_HEADER, map);
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	return take_span();
}

static void expect_found(go_ptr map)
{
	struct span span = serve(map);

	EXPECT_EQUAL(span.event.parent_id, PARENT);
	EXPECT_EQUAL(kernel_losses(), 0);
}

static void expect_too_many(go_ptr map)
{
	struct span span = serve(map);

	expect_root(&span);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_HEADERS), 1);
	EXPECT_EQUAL(kernel_losses(), 1);
}

TEST(swiss_upToEightHeaders_areOneGroup)
{
	for (int number = 1; number <= 8; number++)
		expect_found(go_swiss_small(go_headers(number, &traceparent, 1), number));
}

TEST(swiss_groupsOfATable_areAllLookedAt)
{
	for (int groups = 2; groups <= 16; groups *= 2)
		expect_found(go_swiss_map(go_headers(groups * 7, &traceparent, 1), groups * 7, groups));
}

TEST(swiss_lastSlotOfTheLastGroup_isLookedAt)
{
	expect_found(go_swiss_map(go_headers(128, &traceparent, 1), 128, 16));
}

TEST(swiss_tableOfTooManyGroups_isARootAndCounted)
{
	expect_too_many(go_swiss_map(go_headers(112, &traceparent, 1), 112, 32));
}

TEST(swiss_severalTables_areARootAndCounted)
{
	go_ptr map = go_swiss_map(go_headers(20, &traceparent, 1), 20, 4);

	go_put(map + 24, 2);
	expect_too_many(map);
}

TEST(swiss_deletedHeader_isNotFound)
{
	go_ptr map = go_swiss_small(go_headers(3, &traceparent, 1), 3);
	struct span span;

	go_swiss_delete(map, 2);
	span = serve(map);
	expect_root(&span);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(swiss_tableSwappedOut_isARootAndCounted)
{
	go_ptr map = go_swiss_map(go_headers(20, &traceparent, 1), 20, 4);
	struct span span;

	go_lose(go_get(go_get(map + 16)));
	span = serve(map);
	expect_root(&span);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

/* Nine headers in two groups: five slots of the first are used, and four of the second. */
static go_ptr torn_swiss_map(__u32 there)
{
	go_ptr map = go_swiss_map(go_headers(9, &traceparent, 1), 9, 2);
	go_ptr table = go_get(go_get(map + 16));

	go_put(table + 16, go_torn(go_get(table + 16), 2 * 328, there));
	return map;
}

TEST(swiss_tableThatEndsOnAFreshPage_isReadAsFarAsItIsUsed)
{
	expect_found(torn_swiss_map(2 * 328 - 8));
	expect_found(torn_swiss_map(328 + 8 + 4 * 40));
}

TEST(swiss_usedSlotsThatAreNotThere_areCounted)
{
	struct span span = serve(torn_swiss_map(328 + 8 + 3 * 40));

	EXPECT_EQUAL(span.event.parent_id != 0, 1);
	EXPECT_EQUAL(kernel_losses(), 1);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

/* Nine headers in two buckets. */
static go_ptr torn_classic_map(__u32 there)
{
	go_ptr map = go_classic_map(go_headers(9, &traceparent, 1), 9, 1);

	go_put(map + 16, go_torn(go_get(map + 16), 2 * 336, there));
	return map;
}

TEST(classic_bucketsThatEndOnAFreshPage_areReadAsFarAsTheyAreUsed)
{
	probes_set("zs_swiss_maps", 0);
	expect_found(torn_classic_map(2 * 336 - 8));
	expect_found(torn_classic_map(336 + 136 + 4 * 24));
}

TEST(classic_usedEntriesThatAreNotThere_areCounted)
{
	struct span span;

	probes_set("zs_swiss_maps", 0);
	span = serve(torn_classic_map(336 + 136 + 3 * 24));
	EXPECT_EQUAL(span.event.parent_id != 0, 1);
	EXPECT_EQUAL(kernel_losses(), 1);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

TEST(classic_bucketsAndTheirOverflow_areAllLookedAt)
{
	probes_set("zs_swiss_maps", 0);
	expect_found(go_classic_map(go_headers(1, &traceparent, 1), 1, 0));
	expect_found(go_classic_map(go_headers(8, &traceparent, 1), 8, 0));
	expect_found(go_classic_map(go_headers(17, &traceparent, 1), 17, 0)); /* two overflow buckets */
	expect_found(go_classic_map(go_headers(100, &traceparent, 1), 100, 3));
	expect_found(go_classic_map(go_headers(256, &traceparent, 1), 256, 5)); /* the last slot */
}

TEST(classic_growing_isFoundWhereItStillLies)
{
	probes_set("zs_swiss_maps", 0);
	expect_found(go_classic_growing(go_headers(14, &traceparent, 1), 14, 2, 1));
	expect_found(go_classic_growing(go_headers(52, &traceparent, 1), 52, 4, 3));
}

TEST(classic_growingAtTheSameSize_isFoundInAnyOldBucket)
{
	probes_set("zs_swiss_maps", 0);
	expect_found(go_classic_growing(go_headers(4, &traceparent, 1), 4, 2, 2));
}

TEST(classic_movedHeader_isNotFoundInItsOldBucket)
{
	struct span span;

	probes_set("zs_swiss_maps", 0);
	span = serve(go_classic_growing(go_headers(1, &traceparent, 1), 1, 1, 0));
	expect_root(&span);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(classic_tooManyBuckets_areARootAndCounted)
{
	probes_set("zs_swiss_maps", 0);
	expect_too_many(go_classic_map(go_headers(20, &traceparent, 1), 20, 6));
}

TEST(classic_tooLongAChain_isARootAndCounted)
{
	probes_set("zs_swiss_maps", 0);
	expect_too_many(go_classic_map(go_headers(257, &traceparent, 1), 257, 0));
}

TEST(headers_none_areARootWithoutALoss)
{
	struct span nil = serve(0), empty = serve(go_swiss_small(&traceparent, 0));

	expect_root(&nil);
	expect_root(&empty);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(headers_ofSimilarNames_areNotTaken)
{
	static const struct header similar[] = {
		{"Traceparenu", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}},
		{"traceparent", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}},
		{"Traceparent2", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}},
		{"", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}},
	};
	struct span span = serve(go_swiss_small(similar, 4));

	expect_root(&span);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(headers_switchedOff_areNotRead)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange =
		go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_ptr map = go_swiss_small(&traceparent, 1);
	struct span span;

	go_lose(map);
	go_put(exchange.request + REQUEST_HEADER, map);
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(kernel_losses(), 0);
}

/* A name as long as one of ours, at a place where it stays what it is, or not. */
static __u64 losses_of_second_look(int read_only)
{
	struct process shop = SHOP;
	struct goroutine goroutine = go_routine(&shop, 17);
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_ptr map = go_swiss_small((const struct header[]){{"User-Agent", {"desk"}}}, 1), name = go_get(go_get(map + 16) + 8);

	probes_set("zs_header_formats", 1);
	go_put(exchange.request + REQUEST_HEADER, map);
	shop.code_end = name;
	shop.variables = read_only ? name + 1 : name;
	server_start(goroutine, exchange);
	go_lose(name);
	server_start(goroutine, exchange);
	return kernel_counter(ZS_LOST_READ);
}

TEST(headers_nameInReadOnlyData_isReadOnce)
{
	EXPECT_EQUAL(losses_of_second_look(1), 0);
}

TEST(headers_nameAnywhereElse_isReadEachTime)
{
	EXPECT_EQUAL(losses_of_second_look(0), 1);
}
