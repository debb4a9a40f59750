/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Where fields lie and which types there are, in a Go that nobody has released: an offset that is right by accident
 * would be wrong here.
 */
#pragma once

enum go_offset {
	G_GOID = 0x98,
	G_PANIC = 0x28,

	RESPONSE_CONN = 0x08,
	RESPONSE_REQ = 0x18,
	RESPONSE_STATUS = 0x78,
	CONN_RWC = 0x10,
	PERSIST_CONN = 0x58,

	REQUEST_METHOD = 0x08,
	REQUEST_URL = 0x20,
	REQUEST_PROTO_MAJOR = 0x48,
	REQUEST_PROTO_MINOR = 0x58,
	REQUEST_HOST = 0x88,
	REQUEST_REMOTE_ADDR = 0xb8,
	REQUEST_URI = 0xd0,
	REQUEST_TLS = 0xf8,
	REQUEST_PATTERN = 0x108,
	REQUEST_CTX = 0x120,
	REQUEST_PAT = 0x138,
	PATTERN_STR = 0x18,

	URL_SCHEME = 0x10,
	URL_OPAQUE = 0x20,
	URL_USER = 0x30,
	URL_HOST = 0x38,
	URL_PATH = 0x48,
	URL_RAW_PATH = 0x58,
	URL_RAW_QUERY = 0x70,

	REPLY_STATUS = 0x20, /* net/http.Response, what a client gets */
	REPLY_PROTO_MAJOR = 0x38,
	REPLY_PROTO_MINOR = 0x48,

	TCP_CONN_FD = 0x08,
	TLS_CONN_CONN = 0x18,
	NET_FD_LADDR = 0x68,
	NET_FD_RADDR = 0x80,
	TCP_ADDR_IP = 0x08,
	TCP_ADDR_PORT = 0x28,

	VALUE_CONTEXT = 0x08, /* of the context that is wrapped */
	CANCEL_CONTEXT = 0x10,
	TIMER_CONTEXT = 0x18,
};

/* Link-time addresses of runtime types. */
enum go_type {
	TYPE_TCP_CONN = 0x520040,
	TYPE_TLS_CONN = 0x5210c0,
	TYPE_UNIX_CONN = 0x522100,
	TYPE_VALUE_CONTEXT = 0x530020,
	TYPE_CANCEL_CONTEXT = 0x5300a0,
	TYPE_TIMER_CONTEXT = 0x531160,
	TYPE_FOREIGN_CONTEXT = 0x532220, /* the probes were not told of it */
	TYPE_BACKGROUND = 0x533000,
	TYPE_ERROR = 0x540300,
};
