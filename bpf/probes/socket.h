/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The maps of socket.bpf.c, which are its own. */
#pragma once

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Connections of all traced clients at once; those beyond carry nothing on, which is counted. */
#define ZS_SOCKETS_MAX 65536
/* Traced processes at once; the host says so in the log if there are more. */
#define ZS_SOCKET_PROCESSES_MAX 16384

enum zs_speaks {
	ZS_SPEAKS_HTTP1,   /* or nothing we know: each message is looked at on its own */
	ZS_SPEAKS_HTTP2,
	ZS_SPEAKS_UNKNOWN, /* it was HTTP/2, and where its frames begin is no longer known */
};

struct zs_socket {
	__u32 speaks;
	__u32 left; /* HTTP/2: bytes of a frame that later messages will bring */
	__u32 at;   /* where a search ended: in memory, because the verifier would follow each of the ways to a register */
	__u32 room;
};

struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, ZS_SOCKETS_MAX);
	__type(key, __u64); /* the socket's cookie */
	__type(value, __u64);
} zs_sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct zs_socket);
} zs_socket_states SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, ZS_SOCKET_PROCESSES_MAX);
	__type(key, __u32); /* tgid */
	__type(value, __u8);
} zs_socket_processes SEC(".maps");
