/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A request's tracestate goes on with the requests that are sent for it, behind the traceparent, or not at all. */
#include "fake_sockets.h"
#include "go_headers.h"
#include "runner.h"
#include "spans.h"
#include <stdio.h>
#include <string.h>

#define LINE "GET /hello?q=1 HTTP/1.1\r\n"
#define REST "Host: shop\r\n\r\n"
#define TRACEPARENT "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
#define TRACECONTEXT 1
#define B3 2

#define FRONT V4(10, 0, 0, 9, 50000)

static struct goroutine handler;
static struct exchange exchange;

static void begin(__u64 formats)
{
	sockets_reset();
	probes_set("zs_header_formats", 1);
	probes_set("zs_keep_tracestate", 1);
	probes_set("zs_out_formats", formats);
}

static struct exchange exchange_with(struct address client, struct address server, const struct header *headers, int number)
{
	struct exchange with = go_exchange(go_server_conn(go_tcp_conn_of(server, client)), A_REQUEST());

	if (number)
		go_put(with.request + REQUEST_HEADER, go_swiss_small(headers, number));
	return with;
}

/* The desk's handler begins with such headers. */
static void serve(const struct header *headers, int number)
{
	handler = go_routine(&DESK, 17);
	exchange = exchange_with(FRONT, SERVER_END, headers, number);
	server_start(handler, exchange);
}

static void serve_state(const char *first, const char *second)
{
	const struct header both[] = {{"Traceparent", {TRACEPARENT}}, {"Tracestate", {first, second}}};

	serve(both, 2);
}

static void call_by(struct goroutine goroutine, struct interface context)
{
	client_start(goroutine, go_client_request("GET", A_URL(), context));
	client_connected(goroutine, go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END)));
}

static const char *send_text(const char *text)
{
	static char result[MESSAGE_MAX + 1];
	const struct sent *sent = socket_send(&DESK, text, strlen(text));

	memcpy(result, sent->bytes, sent->size);
	result[sent->size] = 0;
	return result;
}

/* What a request in the handler has as its tracestate, null for none; it has a traceparent in any case. */
static const char *sent_state(void)
{
	static char value[1024];
	const char *sent, *line, *end;

	call_by(handler, go_background());
	sent = send_text(LINE REST);
	client_end(handler, go_reply(200));
	take_span();
	EXPECT(strstr(sent, "\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-"));
	EXPECT_TEXT(sent + strlen(sent) - strlen(REST), REST);
	line = strstr(sent, "\r\ntracestate: ");
	if (!line)
		return 0;
	line += strlen("\r\ntracestate: ");
	end = strstr(line, "\r\n");
	memcpy(value, line, end - line);
	value[end - line] = 0;
	return value;
}

static void finish(void)
{
	server_end(handler, exchange, 200);
	take_span();
	EXPECT_EQUAL(probes_slots_busy(), 0);
}

static const char *passed_on(const char *first, const char *second)
{
	const char *state;

	begin(TRACECONTEXT);
	serve_state(first, second);
	state = sent_state();
	finish();
	return state;
}

TEST(tracestate_ofTheServersRequest_goesOnBehindTheTraceparent)
{
	EXPECT_TEXT(passed_on("congo=t61rcWkgMzE,rojo=00f067aa0ba902b7", 0), "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7");
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_WRITTEN), 1);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_TRACESTATE_UNFIT), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(tracestate_ofSeveralLines_isOne)
{
	EXPECT_TEXT(passed_on("foo=1", "bar=2,baz=3"), "foo=1,bar=2,baz=3");
	EXPECT_TEXT(passed_on("foo=1", ""), "foo=1,");
	EXPECT_TEXT(passed_on("", "foo=1"), "foo=1");
}

TEST(tracestate_asTheGrammarWants_goesOnAsItCame)
{
	static const char *const good[] = {"foo=1",
					   "foo=1 \t , \t bar=2, \t baz=3",
					   "foo=1,",
					   "foo=1,,bar=2",
					   "fw529a3039@dt=FfAAAA",
					   "3a@dt=1",
					   "a0123456789_-*/=1",
					   "foo= with blanks  in it \t",
					   "foo=!\"#$%&'()*+-./0:;<>?@AZ[\\]^_`az{|}~"};

	for (int i = 0; i < 9; i++)
		EXPECT_TEXT(passed_on(good[i], 0), good[i]);
}

TEST(tracestate_thatIsMalformed_doesNotGoOn)
{
	static const char *const bad[] = {"foo=,bar=3", "foo@=1,bar=2", "@foo=1,bar=2", "foo@@bar=1,bar=2", "foo@bar@baz=1,bar=2",
					  "foo =1", "FOO=1", "foo.bar=1", "foo=bar=baz", "foo", "=1", "bar=2,foo=", "foo=1;bar=\x01",
					  "foo=\xc3\xa4", "foo=1\r\nX-Evil: 1", ",", "foo=  ", "foo=1\tbar"};

	for (int i = 0; i < 18; i++)
		EXPECT(!passed_on(bad[i], 0));
}

TEST(tracestate_beyondTheLimit_losesWholeMembersFromTheEnd)
{
	char text[1100], first[600];

	sprintf(first, "a=%0250d,b=%0250d", 1, 2);
	sprintf(text, "%s,c=1234", first);
	EXPECT_TEXT(passed_on(text, 0), text);
	sprintf(text, "%s,c=123456", first);
	EXPECT_TEXT(passed_on(text, 0), first);
	EXPECT_TEXT(passed_on(first, "c=123456"), first);
	EXPECT_TEXT(passed_on(first, text), first);
	sprintf(text, "a=%0600d", 1);
	EXPECT(!passed_on(text, 0));
}

TEST(tracestate_partsAndMembers_haveTheirLimits)
{
	char text[600];

	for (int i = 256; i <= 257; i++) {
		sprintf(text, "k%0*d=1", i - 1, 1);
		EXPECT_EQUAL(!!passed_on(text, 0), i == 256);
		sprintf(text, "foo=1,bar=%0*d ,baz=2", i, 1);
		EXPECT_EQUAL(!!passed_on(text, 0), i == 256);
	}
	for (int i = 0; i <= 1; i++) {
		sprintf(text, "t%0*d@v%013d=1", 240 + i, 1, 1);
		EXPECT_EQUAL(!!passed_on(text, 0), i == 0);
		sprintf(text, "t@v%0*d=1", 13 + i, 1);
		EXPECT_EQUAL(!!passed_on(text, 0), i == 0);
	}
	for (int members = 32; members <= 33; members++) {
		text[0] = 0;
		for (int i = 0; i < members; i++)
			sprintf(text + strlen(text), "%sm%d=1", i ? "," : "", i);
		EXPECT_EQUAL(!!passed_on(text, 0), members == 32);
	}
}

TEST(tracestate_withoutATraceparent_staysBehind)
{
	begin(TRACECONTEXT);
	serve(&(const struct header){"Tracestate", {"foo=1"}}, 1);
	call_by(handler, go_background());
	const char *sent = send_text(LINE REST);

	EXPECT(strstr(sent, "traceparent") && !strstr(sent, "tracestate"));
}

TEST(tracestate_ofEachRequest_isItsOwn)
{
	EXPECT_TEXT(passed_on("foo=1", 0), "foo=1");
	begin(TRACECONTEXT);
	serve(&(const struct header){"Traceparent", {TRACEPARENT}}, 1);
	EXPECT(!sent_state());
	finish();
	EXPECT_TEXT(passed_on("bar=2", 0), "bar=2");
}

TEST(tracestate_ofACallByAnotherGoroutine_goesAlong)
{
	struct goroutine other = go_routine(&DESK, 55);

	begin(TRACECONTEXT);
	serve_state("foo=1", 0);
	call_by(other, go_value_context(exchange.context));
	EXPECT(strstr(send_text(LINE REST), "-01\r\ntracestate: foo=1\r\nHost"));
}

TEST(tracestate_ofARequestThatIsOver_doesNotGoOn)
{
	begin(TRACECONTEXT);
	serve_state("foo=1", 0);
	call_by(handler, go_background());
	server_end(handler, exchange, 200);
	EXPECT(!strstr(send_text(LINE REST), "tracestate"));
}

TEST(tracestate_withoutATraceparentOnTheWayOut_staysBehind)
{
	begin(B3);
	serve_state("foo=1", 0);
	call_by(handler, go_background());
	const char *sent = send_text(LINE REST);

	EXPECT(strstr(sent, "b3: ") && !strstr(sent, "tracestate"));
}

TEST(tracestate_ofAStranger_doesNotGoOn)
{
	begin(TRACECONTEXT);
	probes_set("zs_trust", 1);
	serve_state("foo=1", 0);
	call_by(handler, go_background());
	const char *sent = send_text(LINE REST);

	EXPECT(strstr(sent, "traceparent") && !strstr(sent, "tracestate"));
}

TEST(tracestate_whereNothingIsWritten_isNotKept)
{
	begin(TRACECONTEXT);
	probes_set("zs_keep_tracestate", 0);
	serve_state("foo=1", 0);
	EXPECT(!sent_state());
	server_end(handler, exchange, 200);
	struct span server = take_span();
	EXPECT(strstr(attributes(&server), "tracestate=foo=1"));
}

TEST(tracestate_standsInTheSpansOfServerAndClient)
{
	begin(TRACECONTEXT);
	serve_state("foo=1", "bar=2");
	call_by(handler, go_background());
	client_end(handler, go_reply(200));
	struct span client = take_span();

	EXPECT(strstr(attributes(&client), "tracestate=foo=1,bar=2"));
	server_end(handler, exchange, 200);
	struct span server = take_span();
	EXPECT(strstr(attributes(&server), "tracestate=foo=1,bar=2"));
}

/* From a server's client to a server of this host that gets no header, and on from there. */
TEST(tracestate_goesByTheConnectionAsTheSpanDoes)
{
	struct goroutine next = go_routine(&DESK, 18);
	struct exchange inner = exchange_with(CLIENT_END, SERVER_END, 0, 0);

	begin(TRACECONTEXT);
	serve_state("foo=1", 0);
	call_by(handler, go_background());
	server_start(next, inner);
	client_start(next, go_client_request("GET", A_URL(), go_background()));
	client_connected(next, go_client_conn(go_tcp_conn_of(V4(10, 0, 0, 2, 40002), SERVER_END)));
	sockets_between(V4(10, 0, 0, 2, 40002), SERVER_END);
	EXPECT(strstr(send_text(LINE REST), "-01\r\ntracestate: foo=1\r\nHost"));
	client_end(next, go_reply(200));
	take_span();
	server_end(next, inner, 200);
	struct span server = take_span();
	EXPECT(strstr(attributes(&server), "tracestate=foo=1"));
}

/* The helpers of the traceparent are behind: from the first that fails on, the request goes with that alone. */
TEST(tracestate_whereTheKernelHasNoMemory_leavesTheTraceparent)
{
	int lost = 0;

	for (int nth = 1;; nth++) {
		begin(TRACECONTEXT);
		serve_state("foo=1", 0);
		call_by(handler, go_background());
		sockets_fail(nth);
		const char *sent = send_text(LINE REST);

		if (!sockets_failed())
			break;
		EXPECT_TEXT(sent + strlen(sent) - strlen(REST), REST);
		EXPECT(!strstr(sent, "tracestate") || strstr(sent, "tracestate: foo=1\r\n"));
		lost += strstr(sent, "traceparent") && !strstr(sent, "tracestate");
		client_end(handler, go_reply(200));
		take_span();
		finish();
		EXPECT(nth < 12);
	}
	EXPECT_EQUAL(lost, 2);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_TRACESTATE_UNFIT), 2);
}
