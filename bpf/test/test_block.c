/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Fields that are read together: what can't be read takes nothing along, and what lies elsewhere is read there. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static struct span serve(struct exchange exchange)
{
	struct goroutine goroutine = go_routine(&SHOP, 17);

	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	return take_span();
}

static struct exchange an_exchange(void)
{
	return go_exchange(go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END)), A_REQUEST());
}

/* As net/http reads it: both texts are parts of the line. */
static struct exchange with_line(const char *method, const char *uri)
{
	struct exchange exchange = an_exchange();
	__u64 before = __builtin_strlen(method), length = __builtin_strlen(uri);
	go_ptr line = go_alloc(before + 1 + length);

	go_put_bytes(line, method, before);
	go_put_bytes(line + before, " ", 1);
	go_put_bytes(line + before + 1, uri, length);
	go_put(exchange.request + REQUEST_METHOD, line);
	go_put(exchange.request + REQUEST_METHOD + 8, before);
	go_put(exchange.request + REQUEST_URI, line + before + 1);
	go_put(exchange.request + REQUEST_URI + 8, length);
	return exchange;
}

/* What follows of a request as A_REQUEST has it. */
#define REST "host=shop:8080 peer=10.0.0.1:40000 pattern=GET /hello major=1 minor=1 tls=false status=200"

TEST(requestLine_ofEachUsualMethod_isPartedRightly)
{
	const char *const methods[] = {"A", "GET", "POST", "PATCH", "DELETE", "OPTIONS"};
	char expected[256] = {};
	struct span span;

	for (int i = 0; i < sizeof(methods) / sizeof(*methods); i++) {
		__builtin_sprintf(expected, "method=%s uri=/a?b=c " REST, methods[i]);
		span = serve(with_line(methods[i], "/a?b=c"));
		EXPECT_TEXT(attributes(&span), expected);
	}
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(requestLine_ofALongMethod_isRead)
{
	struct span span = serve(with_line("PROPPATCH", "/a"));

	EXPECT_TEXT(attributes(&span), "method=PROPPATCH uri=/a " REST);
}

TEST(requestLine_longerThanATextMayBe_isCutAndMarked)
{
	char uri[1501] = {};
	struct span span;

	__builtin_memset(uri, '/', 1500);
	span = serve(with_line("GET", uri));
	EXPECT_TEXT(attributes(&span), "method=GET uri=1024*/,cut " REST);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(requestLine_onMissingPage_leavesTheOtherAttributes)
{
	struct exchange exchange = with_line("GET", "/a");
	struct span span;

	go_lose(go_get(exchange.request + REQUEST_METHOD));
	span = serve(exchange);
	EXPECT_TEXT(attributes(&span), REST);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 2);
}

/* The method was replaced by a handler: what lies before the target is no method. */
TEST(requestLine_ofAnotherMethod_isTheHandlers)
{
	struct exchange exchange = with_line("POST", "/a");
	struct span span;

	go_put_string(exchange.request + REQUEST_METHOD, "PUT");
	span = serve(exchange);
	EXPECT_TEXT(attributes(&span), "method=PUT uri=/a " REST);
}

/* The pattern and what follows it lie on the next page, which is not there. */
static struct exchange torn(struct exchange exchange)
{
	go_ptr pages = go_alloc(4096), request = pages + 4096 - REQUEST_PATTERN;

	for (int at = 0; at < REQUEST_PATTERN; at += 8)
		go_put(request + at, go_get(exchange.request + at));
	go_lose(pages + 4096);
	go_put(exchange.response + RESPONSE_REQ, request);
	exchange.request = request;
	return exchange;
}

TEST(block_thatReachesOntoAMissingPage_losesWhatLiesThereAlone)
{
	struct span span = serve(torn(an_exchange()));

	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "major=1 minor=1 tls=false status=200");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 2); /* the pattern, and the context at the start */
}

TEST(block_ofFieldsFarApart_isReadByTheField)
{
	struct exchange exchange = an_exchange();
	struct span span;

	probes_set("req_tls", 0x100000);
	span = serve(exchange);
	EXPECT_TEXT(attributes(&span), "method=GET uri=/hello?q=1 host=shop:8080 peer=10.0.0.1:40000 "
				       "pattern=GET /hello major=1 minor=1 status=200");
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}
