/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What a request's headers say about its parent, by the letter of W3C trace context and of B3. The rows cover the cases
 * of w3c/trace-context (test/test.py, also in TraceContextCases.java), of openzipkin/b3-propagation's text, and of
 * OpenTelemetry's propagators for Java (W3CTraceContext, B3, Jaeger). Decided otherwise than in the latter:
 * - flags that W3C's version 00 does not know are not sent on, as W3C wants it (OpenTelemetry sends 03 on as 03)
 * - B3's debug is taken as accept, and sent on as such: spans have no flag for more
 * - baggage is W3C's; Jaeger's own (uberctx-*, jaeger-baggage) is not read
 */
#include "go_headers.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"
#include <stdio.h>
#include <string.h>

#define TRACECONTEXT 1
#define B3 2
#define B3_MULTI 3
#define JAEGER 4

#define TRACE "0af7651916cd43dd8448eb211c80319c"
#define TRACE64 "8448eb211c80319c"
#define SPAN "b7ad6b7169203331"
#define ZEROS "0000000000000000"
#define NON_ASCII "\xe1\xb1" /* digits but for their highest bit */

/* The trace and the parent, "root" if there is none; what else is remembered. */
#define CHILD "0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 remote"
#define CHILD64 "00000000000000008448eb211c80319c b7ad6b7169203331 remote"

static int hex(char *to, const void *bytes, int size)
{
	for (int i = 0; i < size; i++)
		sprintf(to + 2 * i, "%02x", ((const __u8 *)bytes)[i]);
	return 2 * size;
}

static const char *serve(const struct header *headers, int number)
{
	static char text[128];
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange =
		go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	__u64 invalid = kernel_counter(ZS_LOST_HEADERS_INVALID);
	struct span span;
	int n = 0;

	go_put(exchange.request + REQUEST_HEADER, go_swiss_small(headers, number));
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	span = take_span();
	if (span.event.parent_id) {
		n = hex(text, span.event.trace_id, 16);
		text[n++] = ' ';
		n += hex(text + n, &span.event.parent_id, 8);
	} else {
		n = sprintf(text, "root");
	}
	sprintf(text + n, "%s%s%s%s", span.event.flags & ZS_EVENT_REMOTE_PARENT ? " remote" : "",
		span.event.flags & ZS_EVENT_DECIDED ? " decided" : "",
		span.event.flags & ZS_EVENT_UNSAMPLED ? " unsampled" : "",
		kernel_counter(ZS_LOST_HEADERS_INVALID) > invalid ? " invalid" : "");
	return text;
}

struct expectation {
	const char *value, *outcome;
};

static void check(const char *name, const struct expectation *table, int rows)
{
	for (int i = 0; i < rows; i++) {
		struct header header = {name, {table[i].value}};
		char actual[512], expected[512];

		snprintf(actual, sizeof(actual), "'%s': %s", table[i].value, serve(&header, 1));
		snprintf(expected, sizeof(expected), "'%s': %s", table[i].value, table[i].outcome);
		EXPECT_TEXT(actual, expected);
	}
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 0);
}

#define CHECK(name, table) check(name, table, sizeof(table) / sizeof(table[0]))

static const struct expectation traceparents[] = {
	{"00-" TRACE "-" SPAN "-01", CHILD " decided"},
	{"00-" TRACE "-" SPAN "-00", CHILD " decided unsampled"},
	{"00-" TRACE "-" SPAN "-ff", CHILD " decided"}, /* flags that nobody knows yet */
	{"00-" TRACE "-" SPAN "-02", CHILD " decided unsampled"},
	{"00-" TRACE "-" SPAN "-03", CHILD " decided"},
	{"00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-01",
	 "ffffffffffffffffffffffffffffffff ffffffffffffffff remote decided"},
	/* later versions */
	{"01-" TRACE "-" SPAN "-01", CHILD " decided"},
	{"fe-" TRACE "-" SPAN "-00-what-the-future-will-be-like", CHILD " decided unsampled"},
	{"cc-" TRACE "-" SPAN "-01-", CHILD " decided"},
	{"01-" TRACE "-" SPAN "-00-02", CHILD " decided unsampled"},
	{"01-" TRACE "-" SPAN "-00+02", "root invalid"},
	{"cc-" TRACE "-" SPAN "-01.what", "root invalid"},
	{"cc-" TRACE "-" SPAN "-0123", "root invalid"},
	{"ff-" TRACE "-" SPAN "-01", "root invalid"},
	/* length */
	{"", "root invalid"},
	{"00", "root invalid"},
	{"00-" TRACE "-" SPAN, "root invalid"},
	{"00-" TRACE "-" SPAN "-0", "root invalid"},
	{"00-" TRACE "-" SPAN "-01-", "root invalid"},
	{"00-" TRACE "-" SPAN "-01-extra", "root invalid"},
	{"00-" TRACE "-" SPAN "-01.", "root invalid"},
	{"00-" TRACE "-" SPAN "-001", "root invalid"},
	{"00-" TRACE "-" SPAN "-0100", "root invalid"},
	{"000-" TRACE "-" SPAN "-01", "root invalid"},
	{"0000-" TRACE "-" SPAN "-01", "root invalid"},
	{"0-" TRACE "-" SPAN "-01", "root invalid"},
	{"00-" TRACE64 "-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-b7ad6b716920333-01", "root invalid"},
	{"00-" TRACE "00-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-" SPAN "00-01", "root invalid"},
	{" 00-" TRACE "-" SPAN "-01", "root invalid"}, /* net/http takes HTTP/1's blanks away; HTTP/2 forbids them */
	{"00-0" TRACE "-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-0" SPAN "-01", "root invalid"},
	/* zeros */
	{"00-" ZEROS ZEROS "-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-" ZEROS "-01", "root invalid"},
	{"00-" ZEROS TRACE64 "-" SPAN "-01", CHILD64 " decided"},
	/* characters */
	{"00-0AF7651916CD43DD8448EB211C80319C-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-B7AD6B7169203331-01", "root invalid"},
	{"00-" TRACE "-" SPAN "-0A", "root invalid"},
	{"0A-" TRACE "-" SPAN "-01", "root invalid"},
	{"0x-" TRACE "-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-" SPAN "-0g", "root invalid"},
	{"00-" TRACE "-" SPAN "-.0", "root invalid"},
	{"00-" TRACE "-" SPAN "-0.", "root invalid"},
	{".0-" TRACE "-" SPAN "-01", "root invalid"},
	{"0.-" TRACE "-" SPAN "-01", "root invalid"},
	{"00-.af7651916cd43dd8448eb211c80319c-" SPAN "-01", "root invalid"},
	{"00-0af7651916cd43dd8448eb211c80319.-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-.7ad6b7169203331-01", "root invalid"},
	{"00-" TRACE "-b7ad6b716920333.-01", "root invalid"},
	{"00-abcdefghijklmnopabcdefghijklmnop-" SPAN "-01", "root invalid"},
	{"00+" TRACE "-" SPAN "-01", "root invalid"},
	{"00-" TRACE "+" SPAN "-01", "root invalid"},
	{"00-" TRACE "-" SPAN "+01", "root invalid"},
	{"00_" TRACE "-" SPAN "-01", "root invalid"},
	{"00-" TRACE "_" SPAN "-01", "root invalid"},
	{"00-" TRACE "-" SPAN "_01", "root invalid"},
	{"00-" NON_ASCII "f7651916cd43dd8448eb211c80319c-" SPAN "-01", "root invalid"},
	{"00-" TRACE "-b7ad6b71692033" NON_ASCII "-01", "root invalid"},
	{"00-0af7651916cd43dd8448eb211c80319 -" SPAN "-01", "root invalid"},
	{"00-0af7651916cd43dd8448eb211c80319`-" SPAN "-01", "root invalid"}, /* the neighbours of the digits */
	{"00-0af7651916cd43dd8448eb211c80319:-" SPAN "-01", "root invalid"},
	{"00-0af7651916cd43dd8448eb211c80319/-" SPAN "-01", "root invalid"},
};

TEST(traceparent_ofEveryForm_isTakenOrRefused)
{
	probes_set("zs_header_formats", TRACECONTEXT);
	CHECK("Traceparent", traceparents);
}

static const struct expectation b3_singles[] = {
	{TRACE "-" SPAN "-1", CHILD " decided"},
	{TRACE "-" SPAN "-0", CHILD " decided unsampled"},
	{TRACE "-" SPAN "-d", CHILD " decided"},
	{TRACE "-" SPAN, CHILD},
	{TRACE "-" SPAN "-1-05e3ac9a4f6e3b90", CHILD " decided"},
	{TRACE "-" SPAN "-05e3ac9a4f6e3b90", CHILD},
	{TRACE "-" SPAN "-1-0", CHILD " decided"},
	{TRACE "-" SPAN "-true", CHILD " decided"},
	{TRACE "-" SPAN "-true-0", CHILD " decided"},
	{TRACE "-" SPAN "-true-05e3ac9a4f6e3b90", CHILD " decided"},
	{TRACE "-" SPAN "-false", CHILD " decided unsampled"},
	{TRACE "-" SPAN "-false-05e3ac9a4f6e3b90", CHILD " decided unsampled"},
	{TRACE64 "-" SPAN "-true-0", CHILD64 " decided"},
	{TRACE64 "-" SPAN "-1-0", CHILD64 " decided"},
	{TRACE64 "-" SPAN "-1", CHILD64 " decided"},
	{TRACE64 "-" SPAN "-0-05e3ac9a4f6e3b90", CHILD64 " decided unsampled"},
	{TRACE64 "-" SPAN, CHILD64},
	{"0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-1", CHILD " decided"},
	/* a decision without a parent */
	{"0", "root decided unsampled"},
	{"1", "root decided"},
	{"d", "root decided"},
	{"", "root invalid"},
	{"2", "root invalid"},
	{"-", "root invalid"},
	/* malformed */
	{TRACE, "root invalid"},
	{TRACE "-", "root invalid"},
	{TRACE "-" SPAN "-", "root invalid"},
	{TRACE "-" SPAN "-2", "root invalid"},
	{TRACE "-" SPAN "-true-", "root invalid"},
	{TRACE "-" SPAN "-tru", "root invalid"},
	{TRACE "-" SPAN "-truer", "root invalid"},
	{TRACE "-" SPAN "-falser", "root invalid"},
	{TRACE "-" SPAN "-true_05e3ac9a4f6e3b90", "root invalid"},
	{TRACE "-" SPAN "-1-1", "root invalid"},
	{TRACE "-" SPAN "-10", "root invalid"},
	{TRACE "-" SPAN "-1-extra-extra", "root invalid"},
	{TRACE "-abcdefghijklmnop-1", "root invalid"},
	{TRACE "-" SPAN "00-1", "root invalid"},
	{TRACE "00-" SPAN "-1", "root invalid"},
	{"abcdefghijklmnopabcdefghijklmnop-" SPAN "-1", "root invalid"},
	{TRACE "-" SPAN "-1-", "root invalid"},
	{TRACE "-" SPAN "-1-05e3ac9a4f6e3b9", "root invalid"},
	{TRACE "-" SPAN "-1-05e3ac9a4f6e3b90-", "root invalid"},
	{TRACE "-" SPAN "-1-05e3ac9a4f6e3bxx", "root invalid"},
	{TRACE "-" SPAN "_1", "root invalid"},
	{TRACE "-" SPAN "-1_05e3ac9a4f6e3b90", "root invalid"},
	{TRACE "-b7ad6b716920333", "root invalid"},
	{TRACE "_" SPAN "-1", "root invalid"},
	{"8448eb21-" SPAN "-1", "root invalid"},
	{TRACE64 TRACE "-" SPAN "-1", "root invalid"},
	{"0af7651916cd43dd8448eb211c8031xx-" SPAN "-1", "root invalid"},
	{"0af7651916cd43dd8448eb211c8031" NON_ASCII "-" SPAN "-1", "root invalid"},
	{ZEROS ZEROS "-" SPAN "-1", "root invalid"},
	{ZEROS "-" SPAN "-1", "root invalid"},
	{TRACE "-" ZEROS "-1", "root invalid"},
};

TEST(b3_ofEveryForm_isTakenOrRefused)
{
	probes_set("zs_header_formats", B3);
	CHECK("B3", b3_singles);
}

/* Values of X-B3-TraceId, -SpanId, -Sampled, -Flags; null: not sent. */
static const struct {
	const char *values[4], *outcome;
} b3_multis[] = {
	{{TRACE, SPAN, "1", 0}, CHILD " decided"},
	{{TRACE, SPAN, "0", 0}, CHILD " decided unsampled"},
	{{TRACE, SPAN, "true", 0}, CHILD " decided"},
	{{TRACE, SPAN, "false", 0}, CHILD " decided unsampled"},
	{{TRACE, SPAN, 0, 0}, CHILD},
	{{TRACE, SPAN, 0, "1"}, CHILD " decided"},
	{{TRACE, SPAN, "0", "1"}, CHILD " decided"}, /* debug */
	{{TRACE, SPAN, "0", "0"}, CHILD " decided unsampled"},
	{{TRACE, SPAN, 0, "0"}, CHILD},
	{{TRACE, SPAN, "1", "1"}, CHILD " decided"},
	{{TRACE64, SPAN, "1", 0}, CHILD64 " decided"},
	{{TRACE64, SPAN, "true", 0}, CHILD64 " decided"},
	{{TRACE64, SPAN, "0", 0}, CHILD64 " decided unsampled"},
	{{"0AF7651916CD43DD8448EB211C80319C", "B7AD6B7169203331", 0, 0}, CHILD},
	/* a decision without a parent */
	{{0, 0, "0", 0}, "root decided unsampled"},
	{{0, 0, "1", 0}, "root decided"},
	{{0, 0, 0, "1"}, "root decided"},
	{{0, 0, 0, "0"}, "root"},
	/* malformed */
	{{TRACE, 0, 0, 0}, "root invalid"},
	{{0, SPAN, "1", 0}, "root invalid"},
	{{"", SPAN, 0, 0}, "root invalid"},
	{{TRACE, "", 0, 0}, "root invalid"},
	{{"0af7651916cd43dd", "b7ad6b71692033", 0, 0}, "root invalid"},
	{{"0af7651916cd43dd8448", SPAN, 0, 0}, "root invalid"},
	{{TRACE "00", SPAN, 0, 0}, "root invalid"},
	{{TRACE, SPAN "00", 0, 0}, "root invalid"},
	{{TRACE, SPAN, "2", 0}, "root invalid"},
	{{TRACE, SPAN, "truer", 0}, "root invalid"},
	{{TRACE, SPAN, "", 0}, "root invalid"},
	{{"0af7651916cd43dd8448eb211c8031" NON_ASCII, SPAN, 0, 0}, "root invalid"},
	{{TRACE, "b7ad6b716920333x", 0, 0}, "root invalid"},
	{{"gaf7651916cd43dd8448eb211c80319c", SPAN, "1", 0}, "root invalid"},
	{{"f7651916cd43dd8448eb211c80319c", SPAN, "1", 0}, "root invalid"},
	{{TRACE, "g7ad6b7169203331", "1", 0}, "root invalid"},
	{{TRACE, "ad6b7169203331", "1", 0}, "root invalid"},
	{{ZEROS ZEROS, SPAN, "1", 0}, "root invalid"},
	{{TRACE, ZEROS, "1", 0}, "root invalid"},
};

TEST(b3InSeveralHeaders_ofEveryForm_isTakenOrRefused)
{
	static const char *const names[] = {"X-B3-Traceid", "X-B3-Spanid", "X-B3-Sampled", "X-B3-Flags"};

	probes_set("zs_header_formats", B3_MULTI);
	for (unsigned int i = 0; i < sizeof(b3_multis) / sizeof(b3_multis[0]); i++) {
		char actual[512], expected[512];
		struct header headers[4];
		int number = 0;

		for (int j = 0; j < 4; j++)
			if (b3_multis[i].values[j])
				headers[number++] = (struct header){names[j], {b3_multis[i].values[j]}};
		snprintf(actual, sizeof(actual), "row %u: %s", i, serve(headers, number));
		snprintf(expected, sizeof(expected), "row %u: %s", i, b3_multis[i].outcome);
		EXPECT_TEXT(actual, expected);
	}
}

/* Proxies that join lines give a value with a comma, which is refused by its length; net/http keeps the lines apart. */
TEST(traceparent_sentTwice_isRefused)
{
	struct header twice = {"Traceparent", {"00-" TRACE "-" SPAN "-01", "00-" TRACE "-" SPAN "-01"}};
	struct header joined = {"Traceparent", {"00-" TRACE "-" SPAN "-01,00-" TRACE "-" SPAN "-01"}};

	probes_set("zs_header_formats", TRACECONTEXT);
	EXPECT_TEXT(serve(&twice, 1), "root invalid");
	EXPECT_TEXT(serve(&joined, 1), "root invalid");
}

TEST(b3_sentTwice_isTakenFromItsFirstLine)
{
	struct header twice = {"B3", {TRACE "-" SPAN, TRACE64 "-" SPAN}};

	probes_set("zs_header_formats", B3);
	EXPECT_TEXT(serve(&twice, 1), CHILD);
}

static const struct expectation jaegers[] = {
	{TRACE ":" SPAN ":0:1", CHILD " decided"},
	{TRACE ":" SPAN ":0:0", CHILD " decided unsampled"},
	{TRACE ":" SPAN ":0:01", CHILD " decided"},
	{TRACE ":" SPAN ":0:3", CHILD " decided"}, /* debug */
	{TRACE ":" SPAN ":0:2", CHILD " decided"},
	{TRACE ":" SPAN ":0:4", CHILD " decided unsampled"}, /* a flag that says nothing about sampling */
	{TRACE ":" SPAN ":0:5", CHILD " decided"},
	{TRACE ":" SPAN ":05e3ac9a4f6e3b90:1", CHILD " decided"},
	{TRACE "%3A" SPAN "%3A0%3a1", CHILD " decided"},
	{TRACE64 ":" SPAN ":0:1", CHILD64 " decided"},
	{"0AF7651916CD43DD8448EB211C80319C:B7AD6B7169203331:0:1", CHILD " decided"},
	/* leading zeros are left out */
	{"af7651916cd43dd8448eb211c80319c:" SPAN ":0:1", CHILD " decided"},
	{"1:2:0:1", "00000000000000000000000000000001 0000000000000002 remote decided"},
	{"236f2e:17c29:0:1", "00000000000000000000000000236f2e 0000000000017c29 remote decided"},
	{"4d0000000000000016%3A17c29%3A0%3A5", "000000000000004d0000000000000016 0000000000017c29 remote decided"},
	/* malformed */
	{"", "root invalid"},
	{":", "root invalid"},
	{":::", "root invalid"},
	{TRACE, "root invalid"},
	{TRACE ":" SPAN, "root invalid"},
	{TRACE ":" SPAN ":0", "root invalid"},
	{TRACE ":" SPAN "::1", "root invalid"},
	{TRACE ":" SPAN ":0:", "root invalid"},
	{TRACE ":" SPAN ":0:100", "root invalid"},
	{TRACE ":" SPAN ":0:10220", "root invalid"},
	{TRACE ":" SPAN ":0:abcdefr", "root invalid"},
	{"aa:bb:cc", "root invalid"},
	{"aa:bb:cc:dd:ee", "root invalid"},
	{"abcdefghijklmnopabcdefghijklmnop:" SPAN ":0:0", "root invalid"},
	{TRACE ":abcdefghijklmnop:0:0", "root invalid"},
	{TRACE "00:" SPAN ":0:0", "root invalid"},
	{TRACE ":" SPAN "00:0:0", "root invalid"},
	{TRACE ":" SPAN ":0:1:", "root invalid"},
	{TRACE ":" SPAN ":0:1:1", "root invalid"},
	{TRACE ":" SPAN ":0:x", "root invalid"},
	{TRACE ":" SPAN ":0:1 ", "root invalid"},
	{TRACE "%3B" SPAN "%3B0%3B1", "root invalid"},
	{TRACE "%3", "root invalid"},
	{"0" TRACE ":" SPAN ":0:1", "root invalid"},
	{TRACE ":0" SPAN ":0:1", "root invalid"},
	{TRACE ":" SPAN ":005e3ac9a4f6e3b90:1", "root invalid"},
	{TRACE "::0:1", "root invalid"},
	{":" SPAN ":0:1", "root invalid"},
	{"0:" SPAN ":0:1", "root invalid"},
	{TRACE ":0:0:1", "root invalid"},
	{"0af7651916cd43dd8448eb211c8031" NON_ASCII ":" SPAN ":0:1", "root invalid"},
	{"0af7651916cd43dd8448eb211c80319/:" SPAN ":0:1", "root invalid"}, /* the neighbours of the digits */
	{"0af7651916cd43dd8448eb211c80319@:" SPAN ":0:1", "root invalid"},
	{"0af7651916cd43dd8448eb211c80319G:" SPAN ":0:1", "root invalid"},
	{"0af7651916cd43dd8448eb211c80319`:" SPAN ":0:1", "root invalid"},
	{TRACE "%3A" SPAN "%3A05e3ac9a4f6e3b90%3A01", CHILD " decided"}, /* the longest */
	{TRACE ":" SPAN ":0:1" TRACE64 TRACE, "root invalid"},
};

TEST(jaegersHeader_ofEveryForm_isTakenOrRefused)
{
	probes_set("zs_header_formats", JAEGER);
	CHECK("Uber-Trace-Id", jaegers);
}

static const struct header all[] = {
	{"Traceparent", {"00-11111111111111111111111111111111-1111111111111111-01"}},
	{"B3", {"22222222222222222222222222222222-2222222222222222"}},
	{"X-B3-Traceid", {"33333333333333333333333333333333"}},
	{"X-B3-Spanid", {"3333333333333333"}},
};

TEST(formats_inTheirOrder_theFirstValidOneWins)
{
	probes_set("zs_header_formats", TRACECONTEXT | B3 << 8 | B3_MULTI << 16);
	EXPECT_TEXT(serve(all, 4), "11111111111111111111111111111111 1111111111111111 remote decided");
	probes_set("zs_header_formats", B3_MULTI | B3 << 8 | TRACECONTEXT << 16);
	EXPECT_TEXT(serve(all, 4), "33333333333333333333333333333333 3333333333333333 remote");
	EXPECT_TEXT(serve(all, 3), "22222222222222222222222222222222 2222222222222222 remote invalid");
	EXPECT_TEXT(serve(all, 1), "11111111111111111111111111111111 1111111111111111 remote decided");
}

/* Names as net/http writes them for trace-parent and trace.parent. */
TEST(traceparent_byAnotherName_isNoHeaderAtAll)
{
	struct header dash = {"Trace-Parent", {"00-" TRACE "-" SPAN "-01"}};
	struct header dot = {"Trace.parent", {"00-" TRACE "-" SPAN "-01"}};

	probes_set("zs_header_formats", TRACECONTEXT);
	EXPECT_TEXT(serve(&dash, 1), "root");
	EXPECT_TEXT(serve(&dot, 1), "root");
	EXPECT_TEXT(serve(0, 0), "root");
}

TEST(b3_malformed_leavesTheWordToSeveralHeaders)
{
	struct header headers[] = {{"B3", {TRACE "-abcdefghijklmnop-1"}},
				   {"X-B3-Traceid", {TRACE}},
				   {"X-B3-Spanid", {SPAN}},
				   {"X-B3-Sampled", {"1"}}};

	probes_set("zs_header_formats", B3 | B3_MULTI << 8);
	EXPECT_TEXT(serve(headers, 4), CHILD " decided invalid");
	headers[2].values[0] = SPAN "00";
	EXPECT_TEXT(serve(headers, 4), "root invalid");
	headers[0].values[0] = TRACE64 "-" SPAN "-1";
	EXPECT_TEXT(serve(headers, 4), CHILD64 " decided");
}

TEST(formats_notConfigured_areNotTaken)
{
	probes_set("zs_header_formats", B3);
	EXPECT_TEXT(serve(all, 1), "root");
	probes_set("zs_header_formats", TRACECONTEXT);
	EXPECT_TEXT(serve(all + 1, 3), "root");
}

TEST(header_thatCantBeRead_isARootAndCountedOnce)
{
	struct header header = {"Traceparent", {"00-" TRACE "-" SPAN "-01"}};
	struct goroutine goroutine = go_routine(&SHOP, 17);
	struct exchange exchange =
		go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
	go_ptr map = go_swiss_small(&header, 1);
	struct span span;

	probes_set("zs_header_formats", TRACECONTEXT);
	go_lose(go_get(go_get(go_get(map + 16) + 8 + 16))); /* the bytes of the first slot's first value */
	go_put(exchange.request + REQUEST_HEADER, map);
	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	span = take_span();
	expect_root(&span);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
	EXPECT_EQUAL(kernel_losses(), 1);
}
