/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Headers that are written at the socket into HTTP/1's requests; whatever can't be done, the message goes out as it was. */
#include "fake_sockets.h"
#include "go_headers.h"
#include "runner.h"
#include "spans.h"
#include <stdio.h>
#include <string.h>

#define LINE "GET /hello?q=1 HTTP/1.1\r\n"
#define REST "Host: shop\r\nAccept-Encoding: gzip\r\n\r\n"
#define TRACECONTEXT 1
#define B3 2

static struct goroutine caller;

static go_ptr conn_of(struct address client, struct address server)
{
	return go_client_conn(go_tcp_conn_of(client, server));
}

static void call_with(__u64 formats, go_ptr headers)
{
	go_ptr request = go_client_request("GET", A_URL(), go_background());

	sockets_reset();
	probes_set("zs_out_formats", formats);
	go_put(request + REQUEST_HEADER, headers);
	caller = go_routine(&DESK, 33);
	client_start(caller, request);
	client_connected(caller, conn_of(CLIENT_END, SERVER_END));
}

static void call(__u64 formats)
{
	call_with(formats, 0);
}

static const char *send_text(const char *text)
{
	static char result[MESSAGE_MAX + 1];
	const struct sent *sent = socket_send(&DESK, text, strlen(text));

	memcpy(result, sent->bytes, sent->size);
	result[sent->size] = 0;
	return result;
}

/* As the ids are printed, with a format for what is between. */
static const char *ids(const char *format, const struct span *span)
{
	static char text[256];
	const __u8 *t = span->event.trace_id, *s = (const __u8 *)&span->event.span_id;
	char trace[33], id[17];

	for (int i = 0; i < 16; i++)
		sprintf(trace + 2 * i, "%02x", t[i]);
	for (int i = 0; i < 8; i++)
		sprintf(id + 2 * i, "%02x", s[i]);
	sprintf(text, format, trace, id);
	return text;
}

static struct span answer(void)
{
	client_end(caller, go_reply(200));
	return take_span();
}

static void expect_unchanged(const char *text)
{
	EXPECT_TEXT(send_text(text), text);
}

TEST(socket_request_getsATraceparentBehindItsFirstLine)
{
	call(TRACECONTEXT);
	const char *sent = send_text(LINE REST);
	struct span client = answer();

	EXPECT_TEXT(sent, ids(LINE "traceparent: 00-%s-%s-01\r\n" REST, &client));
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_WRITTEN), 1);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(socket_request_getsAB3)
{
	call(B3);
	const char *sent = send_text(LINE REST);
	struct span client = answer();

	EXPECT_TEXT(sent, ids(LINE "b3: %s-%s-1\r\n" REST, &client));
}

TEST(socket_request_getsBothFormats)
{
	call(TRACECONTEXT | B3);
	const char *sent = send_text(LINE REST);
	struct span client = answer();

	EXPECT(!strncmp(strstr(sent, "traceparent"), ids("traceparent: 00-%s-%s-01\r\n", &client), 70));
	EXPECT_TEXT(strstr(sent, "b3:"), ids("b3: %s-%s-1\r\n" REST, &client));
}

TEST(socket_bodyAndLaterMessages_areUntouched)
{
	call(TRACECONTEXT);
	send_text(LINE REST);
	expect_unchanged("GET /a/body HTTP/1.1\r\nlike a request\r\n");
	answer();
	expect_unchanged(LINE REST);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_WRITTEN), 1);
}

TEST(socket_whereNothingIsToBeWritten_isUntouched)
{
	call(0);
	expect_unchanged(LINE REST);
}

TEST(socket_spanThatASamplerDropped_isWrittenAsSuch)
{
	probes_set("zs_sampling", 1);
	probes_set("zs_sampling_threshold", 1ull << 56);
	call(TRACECONTEXT);
	EXPECT(strstr(send_text(LINE REST), "-00\r\n" REST));
	EXPECT_EQUAL(kernel_records(), 0);
}

TEST(socket_overIpv6_isWritten)
{
	struct address client = {.ip = {0x20, 1, [15] = 1}, .length = 16, .port = 40000};
	struct address server = {.ip = {0x20, 1, [15] = 2}, .length = 16, .port = 8080};

	call(TRACECONTEXT);
	client_connected(caller, conn_of(client, server));
	sockets_between(client, server);
	EXPECT(strstr(send_text(LINE REST), "traceparent"));
}

TEST(socket_ofAnotherConnection_isUntouched)
{
	call(TRACECONTEXT);
	sockets_between(V4(10, 0, 0, 1, 40001), SERVER_END);
	expect_unchanged(LINE REST);
}

TEST(socket_ofAnotherProcessOnTheSameAddresses_isUntouched)
{
	call(TRACECONTEXT);
	EXPECT_EQUAL(socket_send(&SHOP, LINE REST, strlen(LINE REST))->size, strlen(LINE REST));
}

TEST(socket_messageThatIsNoRequest_isUntouchedAndCounted)
{
	static const char *const others[] = {"\x16\x03\x01\x02 TLS\n", "GET / HTTP/1.1 and no end", "GET / HTTP/1.0\r\nHost: x\r\n",
					     "\r\n", "A", " HTTP/1.1\r\n", "GET / XTTP/1.1\r\n", "GET / HTTP/1.1\n"};

	for (int i = 0; i < 8; i++) {
		call(TRACECONTEXT);
		expect_unchanged(others[i]);
		answer();
		EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_UNFIT), i + 1);
	}
}

TEST(socket_longRequestLine_isWrittenUpToALimit)
{
	char text[6000];

	for (int length = 1500; length <= 5500; length += 4000) {
		snprintf(text, sizeof(text), "GET /%0*d HTTP/1.1\r\n" REST, length, 0);
		call(TRACECONTEXT);
		EXPECT_EQUAL(strlen(send_text(text)), strlen(text) + (length < 4096 ? 70 : 0));
		answer();
	}
}

TEST(socket_withoutRoomForAll_isUntouchedAndCounted)
{
	call(TRACECONTEXT);
	sockets_unsent(100000, 108192 + 2 * (int)strlen(LINE REST));
	expect_unchanged(LINE REST);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_BUSY), 1);
}

TEST(socket_whereTheKernelHasNoMemory_isUntouchedWhateverFails)
{
	for (int nth = 1;; nth++) {
		call(TRACECONTEXT);
		sockets_fail(nth);
		const char *sent = send_text(LINE REST);

		answer();
		if (!sockets_failed())
			break;
		EXPECT_TEXT(strstr(sent, "traceparent") ? LINE REST : sent, LINE REST);
		EXPECT(nth < 10);
	}
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_WRITTEN), 2); /* the last one, and where the look at the preface failed */
}

TEST(application_thatSetsAHeaderItself_keepsItAndItsTraceIsAdopted)
{
	static const struct header own[] = {{"Traceparent", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}},
					    {"B3", {"0"}},
					    {"X-B3-Traceid", {"not an id"}},
					    {"Uber-Trace-Id", {"not an id"}}};

	call_with(TRACECONTEXT, go_swiss_small(own, 1));
	expect_unchanged(LINE REST);
	struct span client = answer();

	EXPECT_EQUAL(client.event.parent_id, 0x003133206971adb7ull);
	EXPECT_EQUAL(client.event.trace_id[0], 0x0a);
	EXPECT_EQUAL(client.event.trace_id[15], 0x9c);
	for (int i = 1; i <= 3; i++) {
		call_with(TRACECONTEXT | B3, go_swiss_small(own + i, 1));
		expect_unchanged(LINE REST);
		client = answer();
		expect_root(&client);
	}
	EXPECT_EQUAL(kernel_counter(ZS_OUT_APPLICATION_OWN_HEADER), 4);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_ADOPTED), 0);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

TEST(application_whoseHeadersCannotBeLookedThrough_getsNone)
{
	static const struct header last = {"X-Last", {"1"}};

	call_with(TRACECONTEXT, go_swiss_map(go_headers(200, &last, 1), 200, 32));
	expect_unchanged(LINE REST);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_APPLICATION_OWN_UNKNOWN), 1);
}

TEST(connection_switchedOff_isNotTakenButWritten)
{
	struct goroutine handler = go_routine(&SHOP, 17);
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());

	probes_set("zs_hand_over", 0);
	call(TRACECONTEXT);
	EXPECT(strstr(send_text(LINE REST), "traceparent"));
	server_start(handler, exchange);
	server_end(handler, exchange, 200);
	struct span server = take_span();

	expect_root(&server);
}

TEST(socket_openedByAWantedProcess_isLookedAtWhoeverRunsThen)
{
	sockets_reset();
	sockets_want(&DESK);
	EXPECT_EQUAL(socket_open(&SHOP, &DESK), 0);
	EXPECT_EQUAL(socket_open(&DESK, &SHOP), 1);
}

/* As on Linux 7.3 where the processor has no cmpxchg16b. */
TEST(socket_withoutStorage_isUntouchedAndCounted)
{
	sockets_reset();
	sockets_want(&DESK);
	sockets_without_storage();
	EXPECT_EQUAL(socket_open(&DESK, &SHOP), 0);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_FAILED), 1);
	call(TRACECONTEXT);
	sockets_without_storage();
	expect_unchanged(LINE REST);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_FAILED), 2);
}

/* In a handler the client's span leaves its parent's trace, and the server of this host follows it by the connection. */
TEST(application_thatSetsAHeaderItselfInAHandler_takesTheClientsSpanAlong)
{
	static const struct header own = {"B3", {"0af7651916cd43dd8448eb211c80319c-b7ad716920333100-0"}};
	struct goroutine handler = go_routine(&DESK, 17), other = go_routine(&SHOP, 18);
	struct exchange outer = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, V4(10, 0, 0, 9, 50000))), A_REQUEST());
	struct exchange inner = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_ptr request = go_client_request("GET", A_URL(), go_background());

	probes_set("zs_out_formats", TRACECONTEXT);
	go_put(request + REQUEST_HEADER, go_swiss_small(&own, 1));
	server_start(handler, outer);
	client_start(handler, request);
	client_connected(handler, conn_of(CLIENT_END, SERVER_END));
	server_start(other, inner);
	server_end(other, inner, 200);
	struct span served = take_span();
	client_end(handler, go_reply(200));
	struct span client = take_span();
	server_end(handler, outer, 200);
	struct span server = take_span();

	expect_root(&server);
	EXPECT_EQUAL(client.event.parent_id, 0x003133206971adb7ull);
	EXPECT(client.event.flags & ZS_EVENT_UNSAMPLED);
	EXPECT(memcmp(client.event.trace_id, server.event.trace_id, 16));
	EXPECT(!memcmp(client.event.trace_id, served.event.trace_id, 16));
	EXPECT_EQUAL(served.event.parent_id, client.event.span_id);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_ADOPTED), 0);
}

/* A proxy that passes on what came: its own span is nearer than its caller's. */
TEST(application_thatPassesItsCallersHeaderOn_keepsItsOwnSpanBetween)
{
	static const struct header passed = {"Traceparent", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}};
	struct goroutine handler = go_routine(&DESK, 17);
	struct exchange exchange = go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_ptr request = go_client_request("GET", A_URL(), go_background()), headers = go_swiss_small(&passed, 1);

	probes_set("zs_header_formats", 1);
	probes_set("zs_out_formats", TRACECONTEXT);
	go_put(exchange.request + REQUEST_HEADER, headers);
	go_put(request + REQUEST_HEADER, headers);
	server_start(handler, exchange);
	client_start(handler, request);
	client_connected(handler, conn_of(CLIENT_END, SERVER_END));
	client_end(handler, go_reply(200));
	struct span client = take_span();
	server_end(handler, exchange, 200);
	struct span server = take_span();

	EXPECT_EQUAL(client.event.parent_id, server.event.span_id);
	EXPECT(!memcmp(client.event.trace_id, server.event.trace_id, 16));
}

TEST(application_whoseCallPanicsWithItsOwnHeader_leavesNothingBehind)
{
	static const struct header own = {"Traceparent", {"00-0af7651916cd43dd8448eb211c80319c-b7ad716920333100-01"}};

	probes_depth(200);
	call_with(TRACECONTEXT, go_swiss_small(&own, 1));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_ADOPTED), 1);
	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	take_abandoned(1, ZS_END_PANIC);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_ADOPTED), 0);
}
