/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "http2_world.h"

static void run(enum probe probe, const char *program, struct goroutine goroutine, const go_ptr arguments[9])
{
	kernel_run_as(goroutine.process);
	probes_run(probe, program, goroutine.g, arguments);
}

void http2_own(void)
{
	probes_set("copied_http2_state", ZS_NO_FIELD);
	probes_set("copied_client_conn", ZS_NO_FIELD);
	probes_set("copied_stream_id", ZS_NO_FIELD);
	probes_set("copied_client_bw", ZS_NO_FIELD);
	probes_set("own_http2_conn", OWN_HTTP2_SERVER_CONN);
	probes_set("own_http2_state", OWN_HTTP2_WRITER_STATE);
	probes_set("own_http2_stream", OWN_HTTP2_STATE_STREAM);
	probes_set("own_http2_request", OWN_HTTP2_STATE_REQUEST);
	probes_set("own_http2_status", OWN_HTTP2_STATE_STATUS);
	probes_set("own_http2_id", OWN_HTTP2_STREAM_ID);
	probes_set("own_client_conn", OWN_HTTP2_CLIENT_CONN);
	probes_set("own_stream_id", OWN_HTTP2_CLIENT_STREAM_ID);
	probes_set("own_client_bw", OWN_HTTP2_CLIENT_BW);
}

static int is_own(void)
{
	return probes_get(SERVER, "own_http2_state") != ZS_NO_FIELD;
}

static go_ptr holder_of(enum go_offset at, struct interface conn)
{
	go_ptr holder = go_alloc(0x40);

	go_put(holder + at, conn.itab);
	go_put(holder + at + 8, conn.data);
	return holder;
}

go_ptr http2_server_conn(struct interface conn)
{
	return holder_of(is_own() ? OWN_HTTP2_SERVER_CONN : HTTP2_SERVER_CONN, conn);
}

go_ptr http2_client_conn(struct interface conn)
{
	return holder_of(is_own() ? OWN_HTTP2_CLIENT_CONN : HTTP2_CLIENT_CONN, conn);
}

struct interface h2c_conn_of(struct interface inner)
{
	return go_interface_of(TYPE_H2C_CONN, holder_of(H2C_CONN, inner));
}

static struct stream arrived_at_own(go_ptr conn, __u32 id, struct request request)
{
	go_ptr writer = go_alloc(0x20), state = go_alloc(0x150), stream = go_alloc(0x40);
	go_ptr at = state + OWN_HTTP2_STATE_REQUEST;
	struct interface context = go_cancel_context(go_value_context(go_background()));

	go_put_bytes(stream + OWN_HTTP2_STREAM_ID, &id, sizeof(id));
	go_put(state + OWN_HTTP2_STATE_STREAM, stream);
	go_put(writer + OWN_HTTP2_WRITER_STATE, state);
	go_put_string(at + STREAM_METHOD, request.method);
	go_put_string(at + STREAM_URI, request.uri);
	go_put_string(at + STREAM_HOST, request.host);
	go_put_string(at + STREAM_REMOTE_ADDR, request.remote);
	go_put(at + STREAM_PROTO_MAJOR, 2);
	go_put(at + STREAM_TLS, request.tls);
	go_put(at + STREAM_CTX, context.itab);
	go_put(at + STREAM_CTX + 8, context.data);
	return (struct stream){.conn = conn, .writer = writer, .request = at};
}

struct stream http2_arrived(go_ptr conn, __u32 id, struct request request)
{
	if (is_own())
		return arrived_at_own(conn, id, request);

	go_ptr writer = go_alloc(0x10), state = go_alloc(0x80), stream = go_alloc(0x40);

	request.major = 2;
	request.minor = 0;
	struct exchange exchange = go_exchange(conn, request);

	go_put_bytes(stream + HTTP2_STREAM_ID, &id, sizeof(id));
	go_put(state + HTTP2_STATE_STREAM, stream);
	go_put(state + HTTP2_STATE_REQUEST, exchange.request);
	go_put(writer + HTTP2_WRITER_STATE, state);
	return (struct stream){.conn = conn, .writer = writer, .request = exchange.request};
}

void http2_serve(enum http2_copy copy, struct goroutine goroutine, struct stream stream)
{
	run(SERVER, copy == X_NET ? "x_http2_start" : "net_http2_start", goroutine,
	    (const go_ptr[9]){stream.conn, stream.writer, stream.request});
}

go_ptr http2_hand(struct goroutine goroutine, struct stream stream, struct request request)
{
	request.major = 2;
	request.minor = 0;
	struct exchange handed = go_exchange(0, request);

	handed.response = stream.writer;
	go_put(handed.request + REQUEST_CTX, go_get(stream.request + STREAM_CTX));
	go_put(handed.request + REQUEST_CTX + 8, go_get(stream.request + STREAM_CTX + 8));
	server_start(goroutine, handed);
	return handed.request;
}

static void end(enum http2_copy copy, struct goroutine goroutine)
{
	run(SERVER, copy == X_NET ? "x_http2_end" : "net_http2_end", goroutine, (const go_ptr[9]){});
}

void http2_served(enum http2_copy copy, struct goroutine goroutine, struct stream stream, __u64 status)
{
	int own = copy == NET_HTTP && is_own();
	go_ptr state = go_get(stream.writer + (own ? OWN_HTTP2_WRITER_STATE : HTTP2_WRITER_STATE));

	go_put(state + (own ? OWN_HTTP2_STATE_STATUS : HTTP2_STATE_STATUS), status);
	end(copy, goroutine);
}

void http2_panicked(enum http2_copy copy, struct goroutine goroutine)
{
	go_put(goroutine.g + G_PANIC, go_alloc(8));
	end(copy, goroutine);
	go_put(goroutine.g + G_PANIC, 0);
}

void http2_attempt(enum http2_copy copy, struct goroutine caller, go_ptr conn)
{
	run(CLIENT, copy == X_NET ? "x_http2_attempt" : "net_http2_attempt", caller, (const go_ptr[9]){conn});
}

struct goroutine http2_writer(struct goroutine caller, __u64 goid)
{
	struct goroutine writer = go_routine(caller.process, goid);

	go_put(writer.g + G_PARENT, caller.goid);
	return writer;
}

void http2_write(enum http2_copy copy, struct goroutine writer, __u32 id)
{
	go_ptr stream = go_alloc(0x40);

	go_put_bytes(stream + (is_own() ? OWN_HTTP2_CLIENT_STREAM_ID : HTTP2_CLIENT_STREAM_ID), &id, sizeof(id));
	run(CLIENT, copy == X_NET ? "x_http2_write" : "net_http2_write", writer, (const go_ptr[9]){stream});
}

void x_client_start(struct goroutine goroutine, go_ptr request)
{
	run(CLIENT, "x_round_trip_start", goroutine, (const go_ptr[9]){0, request});
}

void x_client_end(struct goroutine goroutine, go_ptr reply)
{
	run(CLIENT, "x_round_trip_end", goroutine, (const go_ptr[9]){reply});
}
