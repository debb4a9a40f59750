/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* From a client's span to the stream's that it causes, by the connection's addresses and the stream's id. */
#include "http2_world.h"
#include "runner.h"
#include "spans.h"

static go_ptr client_conn, server_conn;
static __u64 goids;

static void connect_ends(void)
{
	client_conn = http2_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	server_conn = http2_server_conn(go_tcp_conn_of(SERVER_END, CLIENT_END));
	goids = 1000;
}

static struct goroutine call(__u64 goid)
{
	struct goroutine caller = go_routine(&DESK, goid);

	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	http2_attempt(NET_HTTP, caller, client_conn);
	return caller;
}

static struct goroutine call_over(__u64 goid, __u32 stream)
{
	struct goroutine caller = call(goid);

	http2_write(NET_HTTP, http2_writer(caller, goids++), stream);
	return caller;
}

static struct span serve(__u32 id)
{
	struct goroutine handler = go_routine(&SHOP, goids++);
	struct stream stream = http2_arrived(server_conn, id, A_REQUEST());

	http2_serve(NET_HTTP, handler, stream);
	http2_served(NET_HTTP, handler, stream, 200);
	return take_span();
}

static struct span answer(struct goroutine caller)
{
	client_end(caller, go_reply(200));
	return take_span();
}

static void expect_nothing_left(void)
{
	EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION) + kernel_entries(ZS_KEY_GOROUTINE), 0);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(http2_handover_overTheSameStream_givesTheParent)
{
	connect_ends();
	struct goroutine caller = call_over(33, 1);
	struct span server = serve(1), client = answer(caller);

	expect_remote_child(&server, &client);
	expect_nothing_left();
}

TEST(http2_handover_betweenNetHttpsOwnPackages_givesTheParent)
{
	http2_own();
	connect_ends();
	struct goroutine caller = call_over(33, 1);
	struct span server = serve(1), client = answer(caller);

	expect_remote_child(&server, &client);
	expect_nothing_left();
}

TEST(http2_handover_ofConcurrentStreams_givesEachItsOwn)
{
	connect_ends();
	struct goroutine a = call_over(33, 1), b = call_over(34, 3);
	struct span served_b = serve(3), served_a = serve(1), called_a = answer(a), called_b = answer(b);

	expect_remote_child(&served_a, &called_a);
	expect_remote_child(&served_b, &called_b);
	expect_nothing_left();
}

TEST(http2_handover_toAnotherStream_isARoot)
{
	connect_ends();
	struct goroutine caller = call_over(33, 1);
	struct span server = serve(3);

	expect_root(&server);
	answer(caller);
	expect_nothing_left();
}

TEST(http2_handover_isConsumedOnce)
{
	connect_ends();
	struct goroutine caller = call_over(33, 1);
	struct span first = serve(1), second = serve(1), client = answer(caller);

	expect_remote_child(&first, &client);
	expect_root(&second);
}

TEST(http2_handover_ofARetry_isTheNewStreams)
{
	connect_ends();
	struct goroutine caller = call_over(33, 1);

	http2_attempt(NET_HTTP, caller, client_conn);
	http2_write(NET_HTTP, http2_writer(caller, goids++), 3);
	struct span refused = serve(1), server = serve(3), client = answer(caller);

	expect_root(&refused);
	expect_remote_child(&server, &client);
	expect_nothing_left();
}

TEST(http2_handover_afterTheClientsEnd_isARoot)
{
	connect_ends();
	answer(call_over(33, 1));
	struct span server = serve(1);

	expect_root(&server);
	expect_nothing_left();
}

/* The caller was impatient: its writer finds nobody, and will find that the stream is cancelled. */
TEST(http2_handover_writerBehindItsCaller_leavesNothing)
{
	connect_ends();
	struct goroutine caller = call(33), writer = http2_writer(caller, 1);

	answer(caller);
	http2_write(NET_HTTP, writer, 1);
	expect_nothing_left();
}

static struct goroutine impatient;

static void lose_patience(void)
{
	client_end(impatient, go_reply(200));
}

/* At each step of the writer its caller gives up; a step that is never reached ends the test. */
TEST(http2_handover_callerThatGivesUpWhileItIsWritten_leavesNothing)
{
	for (int step = 1;; step++) {
		connect_ends();
		impatient = call(33 + step);
		struct goroutine writer = http2_writer(impatient, goids++);

		kernel_interrupt(step, lose_patience);
		http2_write(NET_HTTP, writer, 1);
		if (!kernel_interrupted())
			break;
		EXPECT_EQUAL(kernel_entries(ZS_KEY_CONNECTION), 0);
		EXPECT_EQUAL(kernel_records(), 1);
		take_span();
	}
}

TEST(http2_handover_ofCallerThatMadeNoSpan_isARoot)
{
	struct goroutine caller = go_routine(&DESK, 33);

	connect_ends();
	http2_attempt(NET_HTTP, caller, client_conn);
	http2_write(NET_HTTP, http2_writer(caller, goids++), 1);
	struct span server = serve(1);

	expect_root(&server);
	expect_nothing_left();
}

TEST(http2_handover_beforeGoKnewParents_isARoot)
{
	probes_set("go_g_parent", ZS_NO_FIELD);
	connect_ends();
	struct goroutine caller = call_over(33, 1);
	struct span server = serve(1);

	expect_root(&server);
	answer(caller);
	expect_nothing_left();
}

TEST(http2_handover_fromPidThatWasUsedBefore_isARoot)
{
	struct process reborn = DESK;

	connect_ends();
	struct goroutine caller = call(33), writer = http2_writer(caller, 1);

	reborn.start_ns++;
	writer.process = &reborn;
	http2_write(NET_HTTP, writer, 1);
	struct span server = serve(1);

	expect_root(&server);
}

TEST(http2_client_peer_isTheConnections)
{
	connect_ends();
	struct span client = answer(call_over(33, 1));

	EXPECT_TEXT(attributes(&client), "method=GET scheme=http host=shop:8080 path=/hello "
					 "peer_address=00000000000000000000ffff0a000002:8080 status=200 major=1 minor=1");
}

TEST(http2_client_xTransportAlone_hasASpan)
{
	struct goroutine caller = go_routine(&DESK, 33);

	connect_ends();
	x_client_start(caller, go_client_request("GET", A_URL(), go_background()));
	http2_attempt(X_NET, caller, client_conn);
	http2_write(X_NET, http2_writer(caller, goids++), 1);
	struct span server = serve(1);

	x_client_end(caller, go_reply(200));
	struct span client = take_span();

	expect_remote_child(&server, &client);
	EXPECT_TEXT(attributes(&client), "method=GET scheme=http host=shop:8080 path=/hello "
					 "peer_address=00000000000000000000ffff0a000002:8080 status=200 major=1 minor=1");
	expect_nothing_left();
}

TEST(http2_client_xTransportWithinNetHttps_isOneSpan)
{
	struct goroutine caller = go_routine(&DESK, 33);
	go_ptr request = go_client_request("GET", A_URL(), go_background());

	client_start(caller, request);
	x_client_start(caller, request);
	x_client_end(caller, go_reply(200));
	EXPECT_EQUAL(kernel_records(), 0);
	client_end(caller, go_reply(200));
	EXPECT_EQUAL(kernel_records(), 1);
	take_span();
	expect_nothing_left();
}
