/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* HTTP/2 as the probes see it: streams that share a connection, each with goroutines of its own at both ends. */
#pragma once

#include "go_world.h"

/* A request on its way: conn is a *serverConn, writer a *responseWriter. */
struct stream {
	go_ptr conn, writer, request;
};

/* A *serverConn and a *ClientConn over a net.Conn. */
go_ptr http2_server_conn(struct interface conn);
go_ptr http2_client_conn(struct interface conn);
/* What golang.org/x/net/http2/h2c hands on. */
struct interface h2c_conn_of(struct interface inner);

struct stream http2_arrived(go_ptr conn, __u32 id, struct request request);

/* From here on, and up to the test's end, net/http is that of Go 1.27: with a package and a type of request of its own. */
void http2_own(void);

/* Whose copy of the package it is. */
enum http2_copy {
	NET_HTTP,
	X_NET,
};

void http2_serve(enum http2_copy copy, struct goroutine goroutine, struct stream stream);
/* Since Go 1.27 net/http makes a request of its own for the handler, with the stream's context; answers where. */
go_ptr http2_hand(struct goroutine goroutine, struct stream stream, struct request request);
/* The handler returned; status as WriteHeader was told. */
void http2_served(enum http2_copy copy, struct goroutine goroutine, struct stream stream, __u64 status);
void http2_panicked(enum http2_copy copy, struct goroutine goroutine);

/* The caller has its connection, and starts a writer; that one has got its stream's id. */
void http2_attempt(enum http2_copy copy, struct goroutine caller, go_ptr conn);
struct goroutine http2_writer(struct goroutine caller, __u64 goid);
void http2_write(enum http2_copy copy, struct goroutine writer, __u32 id);

/* x/net's transport is called, by whomever, and answers. */
void x_client_start(struct goroutine goroutine, go_ptr request);
void x_client_end(struct goroutine goroutine, go_ptr reply);
