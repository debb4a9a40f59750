/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "go_world.h"

const struct address CLIENT_END = {.ip = {10, 0, 0, 1}, .length = 4, .port = 40000};
const struct address SERVER_END = {.ip = {10, 0, 0, 2}, .length = 4, .port = 8080};
const struct process SHOP = {.tgid = 100, .start_ns = 7000, .netns = 4026531840u, .threads = 1};
const struct process DESK = {.tgid = 200, .start_ns = 9000, .netns = 4026531840u, .threads = 1};

void world_reset(void)
{
	kernel_reset();
	go_heap_reset();
	probes_reset();
	kernel_arm(EXECUTABLE, 1);
}

struct goroutine go_routine(const struct process *process, __u64 goid)
{
	struct goroutine goroutine = {.process = process, .goid = goid, .g = go_alloc(0x200)};

	go_put(goroutine.g + G_STACK_HI, GO_STACK_TOP);
	go_put(goroutine.g + G_GOID, goid);
	return goroutine;
}

static void put_interface(go_ptr at, struct interface value)
{
	go_put(at, value.itab);
	go_put(at + 8, value.data);
}

struct interface go_interface_of(enum go_type type, go_ptr data)
{
	struct interface value = {.itab = go_alloc(0x20), .data = data};

	go_put(value.itab + 8, type);
	return value;
}

struct interface go_context(enum go_type type, enum go_offset at, struct interface parent)
{
	go_ptr context = go_alloc(0x40);

	put_interface(context + at, parent);
	return go_interface_of(type, context);
}

struct interface go_background(void)
{
	return go_interface_of(TYPE_BACKGROUND, go_alloc(0x10));
}

struct interface go_value_context(struct interface parent)
{
	return go_context(TYPE_VALUE_CONTEXT, VALUE_CONTEXT, parent);
}

struct interface go_cancel_context(struct interface parent)
{
	return go_context(TYPE_CANCEL_CONTEXT, CANCEL_CONTEXT, parent);
}

struct interface go_timer_context(struct interface parent)
{
	return go_context(TYPE_TIMER_CONTEXT, TIMER_CONTEXT, parent);
}

static struct interface tcp_addr(struct address address)
{
	go_ptr addr = go_alloc(0x40), ip = go_alloc(16);

	go_put_bytes(ip, address.ip, address.length);
	go_put(addr + TCP_ADDR_IP, ip);
	go_put(addr + TCP_ADDR_IP + 8, address.length);
	go_put(addr + TCP_ADDR_IP + 16, 16);
	go_put(addr + TCP_ADDR_PORT, address.port);
	return go_interface_of(TYPE_ERROR, addr); /* the probe does not ask for its type */
}

struct interface go_tcp_conn_of(struct address local, struct address remote)
{
	go_ptr conn = go_alloc(0x20), fd = go_alloc(0xa0);

	go_put(conn + TCP_CONN_FD, fd);
	put_interface(fd + NET_FD_LADDR, tcp_addr(local));
	put_interface(fd + NET_FD_RADDR, tcp_addr(remote));
	return go_interface_of(TYPE_TCP_CONN, conn);
}

struct interface go_tls_conn_of(struct interface inner)
{
	go_ptr conn = go_alloc(0x40);

	put_interface(conn + TLS_CONN_CONN, inner);
	return go_interface_of(TYPE_TLS_CONN, conn);
}

go_ptr go_server_conn(struct interface conn)
{
	go_ptr server = go_alloc(0x40);

	put_interface(server + CONN_RWC, conn);
	return server;
}

go_ptr go_client_conn(struct interface conn)
{
	go_ptr client = go_alloc(0x80);

	put_interface(client + PERSIST_CONN, conn);
	return client;
}

struct exchange go_exchange(go_ptr conn, struct request request)
{
	struct exchange exchange = {.response = go_alloc(0x80), .request = go_alloc(0x150), .conn = conn};
	go_ptr pattern = go_alloc(0x40);

	/* net/http wraps the server's context in two values and a cancel: the request holds the innermost */
	exchange.context = go_cancel_context(go_value_context(go_background()));
	go_put(exchange.response + RESPONSE_CONN, conn);
	go_put(exchange.response + RESPONSE_REQ, exchange.request);
	go_put_string(exchange.request + REQUEST_METHOD, request.method);
	go_put_string(exchange.request + REQUEST_URI, request.uri);
	go_put_string(exchange.request + REQUEST_HOST, request.host);
	go_put_string(exchange.request + REQUEST_REMOTE_ADDR, request.remote);
	go_put_string(exchange.request + REQUEST_PATTERN, request.pattern);
	go_put_string(pattern + PATTERN_STR, request.pattern);
	if (request.pattern)
		go_put(exchange.request + REQUEST_PAT, pattern);
	go_put(exchange.request + REQUEST_PROTO_MAJOR, request.major);
	go_put(exchange.request + REQUEST_PROTO_MINOR, request.minor);
	go_put(exchange.request + REQUEST_TLS, request.tls);
	put_interface(exchange.request + REQUEST_CTX, exchange.context);
	return exchange;
}

go_ptr go_client_request(const char *method, struct url url, struct interface context)
{
	go_ptr request = go_alloc(0x150), at = go_alloc(0x80);

	go_put_string(request + REQUEST_METHOD, method);
	go_put(request + REQUEST_URL, at);
	put_interface(request + REQUEST_CTX, context);
	go_put_string(at + URL_SCHEME, url.scheme);
	go_put_string(at + URL_OPAQUE, url.opaque);
	go_put(at + URL_USER, url.user);
	go_put_string(at + URL_HOST, url.host);
	go_put_string(at + URL_PATH, url.path);
	go_put_string(at + URL_RAW_PATH, url.raw_path);
	go_put_string(at + URL_RAW_QUERY, url.query);
	return request;
}

go_ptr go_reply(__u64 status)
{
	go_ptr reply = go_alloc(0x80);

	go_put(reply + REPLY_STATUS, status);
	go_put(reply + REPLY_PROTO_MAJOR, 1);
	go_put(reply + REPLY_PROTO_MINOR, 1);
	return reply;
}

static void run(enum probe probe, const char *program, struct goroutine goroutine, const go_ptr arguments[9])
{
	kernel_run_as(goroutine.process);
	probes_run(probe, program, goroutine.g, arguments);
}

void server_start(struct goroutine goroutine, struct exchange exchange)
{
	const go_ptr registers[9] = {0, go_alloc(0x20), exchange.response, exchange.request};

	run(SERVER, "serve_http_start", goroutine, registers);
}

void server_end(struct goroutine goroutine, struct exchange exchange, __u64 status)
{
	go_put(exchange.response + RESPONSE_STATUS, status);
	run(SERVER, "finish_request", goroutine, (const go_ptr[9]){exchange.response});
}

void server_hijack(struct goroutine goroutine, struct exchange exchange)
{
	run(SERVER, "hijack", goroutine, (const go_ptr[9]){exchange.response});
}

void server_close(struct goroutine goroutine)
{
	run(SERVER, "serve_end", goroutine, (const go_ptr[9]){});
}

void client_start(struct goroutine goroutine, go_ptr request)
{
	run(CLIENT, "round_trip_start", goroutine, (const go_ptr[9]){0, request});
}

void client_opened(struct goroutine goroutine, go_ptr conn)
{
	run(CLIENT, "connection_opened", goroutine, (const go_ptr[9]){conn});
}

void client_closed(struct goroutine goroutine, go_ptr conn)
{
	run(CLIENT, "connection_closed", goroutine, (const go_ptr[9]){conn});
}

void client_connected(struct goroutine goroutine, go_ptr conn)
{
	run(CLIENT, "connection_chosen", goroutine, (const go_ptr[9]){conn});
}

void client_end(struct goroutine goroutine, go_ptr reply)
{
	run(CLIENT, "round_trip_end", goroutine, (const go_ptr[9]){reply});
}

void client_fail(struct goroutine goroutine, enum go_type error)
{
	struct interface value = go_interface_of(error, go_alloc(0x10));

	run(CLIENT, "round_trip_end", goroutine, (const go_ptr[9]){0, value.itab, value.data});
}

void process_exit(const struct process *process)
{
	kernel_run_as(process);
	probes_run(LIFECYCLE, "process_exit", 0, (const go_ptr[9]){});
}
