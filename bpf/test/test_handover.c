/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* From a client's span to the server's that it causes, on one host, by the connection's addresses alone. */
#include "go_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

/* A connection between two processes as each end sees it. */
struct link {
	go_ptr client, server;
};

static struct link connect_ends(struct address client, struct address server)
{
	return (struct link){go_client_conn(go_tcp_conn_of(client, server)),
			     go_server_conn(go_tcp_conn_of(server, client))};
}

static struct goroutine caller, handler;
static struct link the_link;

static void call(struct goroutine goroutine, go_ptr conn)
{
	client_start(goroutine, go_client_request("GET", A_URL(), go_background()));
	client_connected(goroutine, conn);
}

/* A client of the desk has sent its request to the shop. */
static void begin(void)
{
	caller = go_routine(&DESK, 33);
	handler = go_routine(&SHOP, 17);
	the_link = connect_ends(CLIENT_END, SERVER_END);
	call(caller, the_link.client);
}

static struct span serve(struct goroutine goroutine, go_ptr conn)
{
	struct exchange exchange = go_exchange(conn, A_REQUEST());

	server_start(goroutine, exchange);
	server_end(goroutine, exchange, 200);
	return take_span();
}

static struct span answer(struct goroutine goroutine)
{
	client_end(goroutine, go_reply(200));
	return take_span();
}

TEST(handover_overTheSameConnection_givesTheParent)
{
	begin();
	struct span server = serve(handler, the_link.server), client = answer(caller);

	expect_remote_child(&server, &client);
	expect_root(&client);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(handover_betweenTls_givesTheParent)
{
	struct interface client = go_tls_conn_of(go_tcp_conn_of(CLIENT_END, SERVER_END));
	struct interface server = go_tls_conn_of(go_tcp_conn_of(SERVER_END, CLIENT_END));

	begin();
	answer(caller);
	call(caller, go_client_conn(client));
	struct span served = serve(handler, go_server_conn(server)), called = answer(caller);

	expect_remote_child(&served, &called);
}

/* One end may hold an IPv4 address in 4 bytes, the other in 16. */
TEST(handover_ipv4AndMapped_areTheSame)
{
	struct address mapped = {.ip = {[10] = 0xff, 0xff, 10, 0, 0, 1}, .length = 16, .port = CLIENT_END.port};

	begin();
	struct span server = serve(handler, go_server_conn(go_tcp_conn_of(SERVER_END, mapped)));
	struct span client = answer(caller);

	expect_remote_child(&server, &client);
}

TEST(handover_isConsumedOnce)
{
	begin();
	struct span first = serve(handler, the_link.server), second = serve(handler, the_link.server);
	struct span client = answer(caller);

	expect_remote_child(&first, &client);
	expect_root(&second);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(handover_nextCallOnTheConnection_givesTheNextParent)
{
	begin();
	serve(handler, the_link.server);
	struct span first = answer(caller);
	call(caller, the_link.client);
	struct span server = serve(handler, the_link.server), second = answer(caller);

	expect_remote_child(&server, &second);
	EXPECT(first.event.span_id != second.event.span_id);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(handover_wholeTree_hasOneTrace)
{
	struct link outer = connect_ends(V4(10, 0, 0, 9, 50000), CLIENT_END);
	struct goroutine outside = go_routine(&DESK, 90), inner = go_routine(&SHOP, 18);
	struct exchange exchange = go_exchange(outer.server, A_REQUEST());

	handler = go_routine(&SHOP, 17);
	the_link = connect_ends(CLIENT_END, SERVER_END);
	call(outside, outer.client);
	server_start(handler, exchange);
	call(handler, the_link.client);
	struct span hello = serve(inner, the_link.server), client = answer(handler);
	server_end(handler, exchange, 200);
	struct span server = take_span(), root = answer(outside);

	expect_remote_child(&hello, &client);
	expect_child(&client, &server);
	expect_remote_child(&server, &root);
	expect_root(&root);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(handover_intoOtherNetworkNamespace_isARoot)
{
	struct process elsewhere = SHOP;

	elsewhere.netns++;
	begin();
	struct span server = serve(go_routine(&elsewhere, 17), the_link.server);

	expect_root(&server);
}

TEST(handover_fromOtherPort_isARoot)
{
	begin();
	struct span server = serve(handler, connect_ends(V4(10, 0, 0, 1, 40001), SERVER_END).server);

	expect_root(&server);
}

TEST(handover_toOtherPort_isARoot)
{
	begin();
	struct span server = serve(handler, connect_ends(CLIENT_END, V4(10, 0, 0, 2, 8081)).server);

	expect_root(&server);
}

TEST(handover_fromOtherAddress_isARoot)
{
	begin();
	struct span server = serve(handler, connect_ends(V4(10, 0, 0, 3, 40000), SERVER_END).server);

	expect_root(&server);
}

TEST(handover_reversedConnection_isARoot)
{
	begin();
	struct span server = serve(handler, connect_ends(SERVER_END, CLIENT_END).server);

	expect_root(&server);
}

TEST(handover_afterTheClientsEnd_isARoot)
{
	begin();
	answer(caller);
	struct span server = serve(handler, the_link.server);

	expect_root(&server);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(handover_ofDeadClient_isARootAndCounted)
{
	begin();
	kernel_forget_process(DESK.tgid);
	struct span server = serve(handler, the_link.server);

	expect_root(&server);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_PARENT_DEAD), 1);
}

TEST(handover_ofDeadClientWhosePidLivesAgain_isARootAndCounted)
{
	struct process reborn = DESK;

	begin();
	kernel_forget_process(DESK.tgid);
	reborn.start_ns += 5000000;
	call(go_routine(&reborn, 34), connect_ends(V4(10, 0, 0, 1, 40001), SERVER_END).client);
	struct span server = serve(handler, the_link.server);

	expect_root(&server);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_PARENT_DEAD), 1);
}

/* net/http gives a connection back before the caller has its response: the next call may be on it already. */
TEST(handover_nextOffer_survivesTheFormersEnd)
{
	struct goroutine next = go_routine(&DESK, 34);

	begin();
	serve(handler, the_link.server);
	call(next, the_link.client);
	struct span former = answer(caller), server = serve(handler, the_link.server), client = answer(next);

	expect_remote_child(&server, &client);
	EXPECT(former.event.span_id != client.event.span_id);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(handover_retry_movesTheOffer)
{
	struct link second = connect_ends(V4(10, 0, 0, 1, 40001), SERVER_END);

	begin();
	client_connected(caller, second.client);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 1);
	struct span left = serve(handler, the_link.server), served = serve(go_routine(&SHOP, 18), second.server);
	struct span client = answer(caller);

	expect_root(&left);
	expect_remote_child(&served, &client);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(handover_insideHandler_leavesTheServersSpanAlone)
{
	struct exchange exchange;

	handler = go_routine(&SHOP, 17);
	the_link = connect_ends(CLIENT_END, SERVER_END);
	exchange = go_exchange(connect_ends(V4(10, 0, 0, 9, 50000), CLIENT_END).server, A_REQUEST());
	server_start(handler, exchange);
	client_connected(handler, the_link.client); /* of a call that began before the probes were armed */
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
}

TEST(handover_anAddressThatCannotBeRead_isARootAndCounted)
{
	begin();
	go_ptr fd = go_get(go_get(the_link.server + CONN_RWC + 8) + TCP_CONN_FD);

	go_lose(go_get(fd + NET_FD_RADDR + 8));
	struct span server = serve(handler, the_link.server);

	expect_root(&server);
	EXPECT_EQUAL(kernel_counter(ZS_LOST_READ), 1);
}

TEST(handover_ofUnknownConnectionType_offersNothing)
{
	caller = go_routine(&DESK, 33);
	call(caller, go_client_conn(go_interface_of(TYPE_UNIX_CONN, go_alloc(0x20))));
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
	EXPECT_EQUAL(kernel_counter(ZS_UNKNOWN_CONNECTION), 1);
}

static __u64 mix(__u64 x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
	return x ^ (x >> 31);
}

/* Another server's address that has the same hash together with the same client. */
static struct address colliding(struct address client, struct address server)
{
	__u64 word[4], last, inner, ports = client.port | (__u64)server.port << 16 | (__u64)SHOP.netns << 32;

	memcpy(word, client.ip, 16);
	memcpy(word + 2, server.ip, 16);
	inner = mix(mix(word[0] ^ ports) ^ word[1]);
	last = mix(inner ^ word[2]) ^ word[3];
	word[2]++;
	word[3] = last ^ mix(inner ^ word[2]);
	memcpy(server.ip, word + 2, 16);
	return server;
}

TEST(handover_ofConnectionWithTheSameHash_isARoot)
{
	struct address client = {.ip = {[15] = 1}, .length = 16, .port = 40000};
	struct address server = {.ip = {[15] = 2}, .length = 16, .port = 8080};

	caller = go_routine(&DESK, 33);
	call(caller, connect_ends(client, server).client);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 1);
	struct span served = serve(go_routine(&SHOP, 17), connect_ends(client, colliding(client, server)).server);

	expect_root(&served);
	call(go_routine(&DESK, 34), connect_ends(client, colliding(client, server)).client);
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 1); /* it took the other's place: the hash is the same */
}

TEST(handover_ofAProcessThatTheHostHasNoted_holds)
{
	begin();
	kernel_forget_process(DESK.tgid);
	kernel_note_process(DESK.tgid);
	struct span server = serve(handler, the_link.server), client = answer(caller);

	expect_remote_child(&server, &client);
	EXPECT_EQUAL(kernel_losses(), 0);
}
