/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A message on its way into TCP, and making it longer. */
#pragma once

#include <bpf/bpf_endian.h>

#define AF_INET 2

/*
 * A message that grows must go out in one piece: when the kernel takes only part of it, it tells the program a number in
 * which our bytes count, and the program would send some of its own twice. So a message grows only while this much more
 * than twice its length has room; TCP takes it all then. What is unsent can only become less meanwhile: the socket is locked.
 */
#define SEND_RESERVE 8192

struct sock {
	int sk_wmem_queued;
	int sk_sndbuf;
} ZS_KERNEL;

static __always_inline __u64 chars_at(const char *text)
{
	__u64 chars;

	__builtin_memcpy(&chars, text, sizeof(chars));
	return chars;
}

/*
 * A field of the context, loaded anew where it is asked for: the compiler would otherwise keep a field's address, or join
 * the loads of two branches, and the verifier refuses to load from such an address.
 */
#define FIELD(msg, field)                                \
	({                                               \
		struct sk_msg_md *fresh_ = (msg);         \
		__u32 value_;                            \
		asm volatile("" : "+r"(fresh_));          \
		value_ = fresh_->field;                  \
		asm volatile("" : "+r"(value_)::"memory"); \
		value_;                                  \
	})

/* The connection as its client sees it, like zs_tuple_of's. */
static __always_inline void tuple_of_message(struct sk_msg_md *msg, struct zs_tuple *tuple)
{
	__u32 *client = (__u32 *)tuple->client, *server = (__u32 *)tuple->server;

	if (msg->family == AF_INET) {
		client[2] = server[2] = bpf_htonl(0xffff);
		client[3] = FIELD(msg, local_ip4);
		server[3] = FIELD(msg, remote_ip4);
	} else {
		client[0] = FIELD(msg, local_ip6[0]);
		client[1] = FIELD(msg, local_ip6[1]);
		client[2] = FIELD(msg, local_ip6[2]);
		client[3] = FIELD(msg, local_ip6[3]);
		server[0] = FIELD(msg, remote_ip6[0]);
		server[1] = FIELD(msg, remote_ip6[1]);
		server[2] = FIELD(msg, remote_ip6[2]);
		server[3] = FIELD(msg, remote_ip6[3]);
	}
	tuple->client_port = msg->local_port;
	tuple->server_port = bpf_ntohl(msg->remote_port);
	tuple->netns = zs_netns();
}

static __always_inline int may_grow(struct sk_msg_md *msg)
{
	struct sock *sk = (struct sock *)bpf_skc_to_tcp_sock(msg->sk);

	return sk && sk->sk_wmem_queued + 2 * (__s64)FIELD(msg, size) + SEND_RESERVE < sk->sk_sndbuf;
}

/* size bytes of the message from at on, to be read and written where the answer points; null if they are not there. */
static __always_inline char *message_bytes(struct sk_msg_md *msg, __u32 at, __u32 size)
{
	char *data;

	if (bpf_msg_pull_data(msg, at, at + size, 0))
		return 0;
	data = (char *)(long)msg->data;
	return data + size <= (char *)(long)msg->data_end ? data : 0;
}

/* Puts bytes in place of others; nothing, or a part of them, where the kernel has no memory. */
static __always_inline int set_bytes(struct sk_msg_md *msg, __u32 at, const char *bytes, __u32 size)
{
	char *to, *end;

	if (bpf_msg_pull_data(msg, at, at + size, 0))
		return -1;
	to = (char *)(long)msg->data;
	end = (char *)(long)msg->data_end;
	for (__u32 i = 0; i < ZS_STATE_HEADER_MAX; i++) {
		if (i >= size)
			break;
		if (to + i + 1 > end)
			return -1;
		to[i] = bytes[i];
	}
	return 0;
}

/*
 * Makes room of size bytes and puts bytes there. Either all is done or nothing: room that can't be filled is taken out
 * again.
 */
static __always_inline int insert_bytes(struct sk_msg_md *msg, __u32 at, const void *bytes, __u32 size)
{
	char *to;

	if (bpf_msg_push_data(msg, at, size, 0))
		return -1;
	to = message_bytes(msg, at, size);
	if (!to) {
		bpf_msg_pop_data(msg, at, size, 0);
		return -1;
	}
	__builtin_memcpy(to, bytes, size);
	return 0;
}

/* The same of a text that was made in a slot, of ZS_STATE_HEADER_MAX bytes at most. */
static __always_inline int insert_text(struct sk_msg_md *msg, __u32 at, const char *text, __u32 size)
{
	if (bpf_msg_push_data(msg, at, size, 0))
		return -1;
	if (!set_bytes(msg, at, text, size))
		return 0;
	bpf_msg_pop_data(msg, at, size, 0);
	return -1;
}
