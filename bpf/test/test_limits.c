/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What is full, missing or too long is left out and counted; it never becomes zeros. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

static struct goroutine goroutine;
static struct exchange exchange;

static void begin(struct request request)
{
	goroutine = go_routine(&SHOP, 17);
	exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), request);
	server_start(goroutine, exchange);
}

static struct span end(void)
{
	server_end(goroutine, exchange, 200);
	return take_span();
}

/* Text of one letter; valid until the test is over. */
static const char *letters(char letter, int length)
{
	static char room[26][4000];
	char *text = room[letter - 'a'];

	memset(text, letter, length);
	text[length] = 0;
	return text;
}

TEST(map_full_losesTheSpanAndIsCounted)
{
	kernel_contexts_max(0);
	begin(A_REQUEST());
	EXPECT_EQUAL(kernel_counter(ZS_LOST_MAP_FULL), 1);
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_losses(), 1);
}

TEST(map_fullForTheContext_keepsTheSpan)
{
	kernel_contexts_max(1);
	begin(A_REQUEST());
	EXPECT_EQUAL(kernel_counter(ZS_LOST_PARENT_MAP_FULL), 1);
	struct span span = end();

	expect_root(&span);
}

TEST(map_fullForTheOffer_keepsTheSpan)
{
	struct goroutine caller = go_routine(&DESK, 33);
	struct span span;

	kernel_contexts_max(1);
	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	client_connected(caller, go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
	EXPECT_EQUAL(kernel_counter(ZS_LOST_PARENT_MAP_FULL), 2); /* the process, and the connection */
	client_end(caller, go_reply(200));
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=GET scheme=http host=shop:8080 path=/hello status=200 major=1 minor=1");
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(ring_full_losesTheSpanAndIsCounted)
{
	kernel_ring_max(100);
	begin(A_REQUEST());
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_RING_FULL), 1);
	EXPECT_EQUAL(kernel_losses(), 1);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONTEXT), 0);
}

TEST(scratch_noneFree_losesTheSpanAndIsCounted)
{
	kernel_cpu(3);
	probes_slots_claim(3);
	begin(A_REQUEST());
	probes_slots_release(3);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_NO_SCRATCH), 1);
	server_end(goroutine, exchange, 200);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_losses(), 1);
}

TEST(scratch_noneFreeAtTheEnd_leavesNothingForTheNextRequest)
{
	begin(A_REQUEST());
	probes_slots_claim(0);
	server_end(goroutine, exchange, 200);
	probes_slots_release(0);
	EXPECT_EQUAL(kernel_records(), 0);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_NO_SCRATCH), 1);
	exchange = go_exchange(exchange.conn, A_REQUEST());
	server_start(goroutine, exchange);
	struct span span = end();

	expect_root(&span);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONTEXT), 0);
}

TEST(scratch_ofManyCpus_isShared)
{
	kernel_cpu(259);
	probes_slots_claim(2);
	begin(A_REQUEST());
	end();
	EXPECT_EQUAL(kernel_losses(), 0);
	probes_slots_release(2);
}

TEST(page_ofGoroutineMissing_losesTheSpanAndIsCounted)
{
	goroutine = go_routine(&SHOP, 17);
	go_lose(goroutine.g);
	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
	EXPECT_EQUAL(kernel_counter(ZS_LOST_FAULT), 1);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
}

TEST(page_ofTextMissing_losesTheAttributeAndIsCounted)
{
	begin(A_REQUEST());
	go_lose(go_get(exchange.request + REQUEST_URI));
	struct span span = end();

	EXPECT_TEXT(attributes(&span), "method=GET host=shop:8080 peer=10.0.0.1:40000 pattern=GET /hello "
				       "major=1 minor=1 tls=false status=200");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
	EXPECT_EQUAL(kernel_losses(), 1);
}

TEST(page_ofRequestMissing_losesAllButTheStatus)
{
	begin(A_REQUEST());
	go_lose(exchange.request);
	struct span span = end();

	EXPECT_TEXT(attributes(&span), "status=200");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 8); /* five texts, version, TLS */
}

TEST(page_ofResponseMissing_losesAllAttributes)
{
	begin(A_REQUEST());
	server_end(goroutine, exchange, 404);
	take_span();
	server_start(goroutine, exchange);
	go_lose(exchange.response);
	struct span span = end();

	EXPECT_TEXT(attributes(&span), "");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 2);
}

TEST(page_ofRequestMissingAtTheStart_losesTheSpan)
{
	goroutine = go_routine(&SHOP, 17);
	exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_lose(exchange.request);
	server_start(goroutine, exchange);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_GOROUTINE), 0);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

TEST(page_ofUrlMissing_losesItsPartsOnly)
{
	go_ptr request = go_client_request("PUT", A_URL(), go_background());
	struct span span;

	goroutine = go_routine(&DESK, 33);
	client_start(goroutine, request);
	go_lose(go_get(request + REQUEST_URL));
	client_end(goroutine, go_reply(204));
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=PUT status=204 major=1 minor=1");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 7);
}

TEST(page_ofReplyMissing_inventsNoStatus)
{
	go_ptr reply = go_reply(200);
	struct span span;

	goroutine = go_routine(&DESK, 33);
	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
	go_lose(reply);
	client_end(goroutine, reply);
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=GET scheme=http host=shop:8080 path=/hello");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 3);
}

TEST(text_asLongAsTheLimit_isWhole)
{
	begin(A_REQUEST(.uri = letters('u', ZS_TEXT_MAX)));
	struct span span = end();

	EXPECT_TEXT(attributes(&span), "method=GET uri=1024*u host=shop:8080 peer=10.0.0.1:40000 pattern=GET /hello "
				       "major=1 minor=1 tls=false status=200");
}

TEST(text_longerThanTheLimit_isCutAndMarked)
{
	begin(A_REQUEST(.uri = letters('u', ZS_TEXT_MAX + 1)));
	struct span span = end();

	EXPECT_TEXT(attributes(&span), "method=GET uri=1024*u,cut host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /hello major=1 minor=1 tls=false status=200");
}

TEST(text_ofAbsurdLength_isCutAndMarked)
{
	begin(A_REQUEST(.method = letters('m', 3000), .uri = "", .host = "", .remote = "", .pattern = ""));
	for (int bit = 11; bit < 64; bit++) {
		go_put(exchange.request + REQUEST_METHOD + 8, 1ull << bit);
		struct span span = end();

		EXPECT_TEXT(attributes(&span), "method=1024*m,cut major=1 minor=1 tls=false status=200");
		server_start(goroutine, exchange);
	}
}

TEST(text_ofEveryLength_keepsTheRecordWhole)
{
	for (int length = 1; length <= ZS_TEXT_MAX; length += 13) {
		begin(A_REQUEST(.uri = letters('u', length), .remote = "", .pattern = ""));
		struct span span = end();

		EXPECT(strstr(span.text, " host=shop:8080 major=1 minor=1 tls=false status=200"));
	}
}

TEST(record_full_losesWhatDoesNotFitAndIsCounted)
{
	begin(A_REQUEST(.method = letters('m', 1024), .uri = letters('u', 1024), .host = letters('h', 1024),
			.remote = letters('r', 1024), .pattern = letters('p', 904)));
	struct span span = end();

	EXPECT_TEXT(attributes(&span), "method=1024*m uri=1024*u host=1024*h pattern=904*p");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_RECORD_FULL), 5); /* the peer, the version's two parts, TLS, status */
	EXPECT_EQUAL(kernel_losses(), 5);
}

TEST(record_fullToTheLastByte_losesTheAddress)
{
	struct url url = {.scheme = "http", .host = letters('h', 1024), .path = letters('p', 1024),
			  .query = letters('q', 896)};
	struct span span;

	goroutine = go_routine(&DESK, 33);
	client_start(goroutine, go_client_request(letters('m', 1024), url, go_background()));
	client_connected(goroutine, go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
	client_end(goroutine, go_reply(200));
	span = take_span();
	EXPECT_TEXT(attributes(&span), "method=1024*m scheme=http host=1024*h path=1024*p query=896*q");
	EXPECT_EQUAL(span.event.length, ZS_RECORD_MAX);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_RECORD_FULL), 4);
}
