/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Processes that run Go, and what net/http does in them as far as the probes see it. */
#pragma once

#include "fake_kernel.h"
#include "go_types.h"
#include "probes.h"

struct goroutine {
	const struct process *process;
	__u64 goid;
	go_ptr g;
};

struct address {
	__u8 ip[16];
	int length; /* of ip: 4 or 16 */
	__u16 port;
};

#define V4(a, b, c, d, port_) ((struct address){.ip = {a, b, c, d}, .length = 4, .port = port_})

/* A nil interface is {0, 0}. */
struct interface {
	go_ptr itab, data;
};

/* What a server goroutine has in hands: request is a *net/http.Request, response a *net/http.response. */
struct exchange {
	go_ptr response, request, conn;
	struct interface context;
};

struct request {
	const char *method, *uri, *host, *remote, *pattern;
	__u64 major, minor, tls;
};

#define A_REQUEST(...) \
	((struct request){.method = "GET", .uri = "/hello?q=1", .host = "shop:8080", .remote = "10.0.0.1:40000", \
			  .pattern = "GET /hello", .major = 1, .minor = 1, __VA_ARGS__})

struct url {
	const char *scheme, *opaque, *host, *path, *raw_path, *query;
	__u64 user;
};

#define A_URL(...) ((struct url){.scheme = "http", .host = "shop:8080", .path = "/hello", __VA_ARGS__})

extern const struct address CLIENT_END, SERVER_END;
/* Two processes on one host: the shop serves, the desk calls. */
extern const struct process SHOP, DESK;

/* Forgets everything; arms the probes. */
void world_reset(void);

struct goroutine go_routine(const struct process *process, __u64 goid);
struct interface go_interface_of(enum go_type type, go_ptr data);

/* A context of a type that wraps another. */
struct interface go_context(enum go_type type, enum go_offset at, struct interface parent);
struct interface go_background(void);
struct interface go_value_context(struct interface parent);
struct interface go_cancel_context(struct interface parent);
struct interface go_timer_context(struct interface parent);

/* A net.Conn; the two ends of a connection have local and remote the other way round. */
struct interface go_tcp_conn_of(struct address local, struct address remote);
struct interface go_tls_conn_of(struct interface inner);
/* A *net/http.conn, the server's, and a *net/http.persistConn, the client's. */
go_ptr go_server_conn(struct interface conn);
go_ptr go_client_conn(struct interface conn);

/* A request that came in over conn. */
struct exchange go_exchange(go_ptr conn, struct request request);
/* A request that goes out, and the answer. */
go_ptr go_client_request(const char *method, struct url url, struct interface context);
go_ptr go_reply(__u64 status);

void server_start(struct goroutine goroutine, struct exchange exchange);
/* The handler returned; status as WriteHeader was told, 0: it never was. */
void server_end(struct goroutine goroutine, struct exchange exchange, __u64 status);
/* The handler takes the connection over. */
void server_hijack(struct goroutine goroutine, struct exchange exchange);
/* The connection's goroutine ends. */
void server_close(struct goroutine goroutine);
void client_start(struct goroutine goroutine, go_ptr request);
/* The first and the last that is seen of a client's connection. */
void client_opened(struct goroutine goroutine, go_ptr conn);
void client_closed(struct goroutine goroutine, go_ptr conn);
void client_connected(struct goroutine goroutine, go_ptr conn);
void client_end(struct goroutine goroutine, go_ptr reply);
void client_fail(struct goroutine goroutine, enum go_type error);
/* A thread of the process ends. */
void process_exit(const struct process *process);
