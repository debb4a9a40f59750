/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A request whose headers name a parent and whose traced client left a span under the connection. */
#include "go_headers.h"
#include "go_world.h"
#include "runner.h"
#include "spans.h"

static struct goroutine caller, handler;
static go_ptr client_conn, server_conn;

/* A goroutine of the desk has sent a request to the shop. */
static void begin_by(struct goroutine goroutine)
{
	probes_set("zs_header_formats", 0x0201);
	caller = goroutine;
	handler = go_routine(&SHOP, 17);
	client_conn = go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	server_conn = go_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	client_connected(caller, client_conn);
}

static void begin(void)
{
	begin_by(go_routine(&DESK, 33));
}

static struct span serve(const struct header *header)
{
	struct exchange exchange = go_exchange(server_conn, A_REQUEST());

	if (header)
		go_put(exchange.request + REQUEST_HEADER, go_swiss_small(header, 1));
	server_start(handler, exchange);
	server_end(handler, exchange, 200);
	return take_span();
}

static struct span answer(void)
{
	client_end(caller, go_reply(200));
	return take_span();
}

static const struct header elsewhere = {"Traceparent",
					{"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}};

TEST(header_ofAnotherTrace_winsOverTheConnection)
{
	begin();
	struct span server = serve(&elsewhere), client = answer();

	EXPECT_EQUAL(server.event.parent_id, 0x31332069716badb7);
	EXPECT_EQUAL(server.event.flags, ZS_EVENT_REMOTE_PARENT | ZS_EVENT_DECIDED);
	expect_root(&client);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(connectionsSpan_passedOver_isNotTakenByTheNextRequest)
{
	begin();
	serve(&elsewhere);
	struct span next = serve(0);

	expect_root(&next);
	EXPECT_EQUAL(kernel_losses(), 0);
}

/* A proxy sends the traceparent on that it got: its own call is the nearer parent. */
TEST(header_ofTheSameTrace_leavesTheConnectionsSpanTheParent)
{
	struct goroutine proxy;
	struct exchange through;

	probes_set("zs_header_formats", 0x0201);
	proxy = go_routine(&DESK, 34);
	through = go_exchange(go_server_conn(go_tcp_conn_of(V4(10, 0, 0, 3, 80), V4(10, 0, 0, 4, 50000))), A_REQUEST());
	go_put(through.request + REQUEST_HEADER, go_swiss_small(&elsewhere, 1));
	server_start(proxy, through);
	begin_by(proxy);
	struct span server = serve(&elsewhere), client = answer();

	EXPECT_EQUAL(server.event.parent_id, client.event.span_id);
	EXPECT_EQUAL(server.event.flags, ZS_EVENT_REMOTE_PARENT | ZS_EVENT_DECIDED);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(decisionAlone_isMadeForTheConnectionsSpan)
{
	struct header decision = {"B3", {"0"}};

	begin();
	struct span server = serve(&decision), client = answer();

	EXPECT_EQUAL(server.event.parent_id, client.event.span_id);
	EXPECT_EQUAL(server.event.flags, ZS_EVENT_REMOTE_PARENT | ZS_EVENT_DECIDED | ZS_EVENT_UNSAMPLED);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(header_thatIsInvalid_leavesTheConnectionsSpanTheParent)
{
	struct header invalid = {"Traceparent", {"nonsense"}};

	begin();
	struct span server = serve(&invalid), client = answer();

	expect_remote_child(&server, &client);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_HEADERS_INVALID), 1);
}
