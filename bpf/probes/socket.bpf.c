/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Writes the headers that carry a trace on where a request passes the socket. A client's connections are noted when they
 * are opened, in the cgroups of traced processes alone; each message that they send is looked at before TCP has it. What
 * is to be written stands in the offer that the client's probe left under the connection's addresses.
 *
 * When the host ends, however it ends, its maps and links end with it, and the kernel gives the sockets their own
 * functions back. Nothing is ever held back for a later message, so nothing is lost then.
 */
#include <zerospan/outgoing.h>
#include <asm/errno.h>
#include "socket.h"

char LICENSE[] SEC("license") = "GPL";

#include "socket_message.h"
#include "http1_message.h"
#include "http2_message.h"

/* SK_PASS and nothing else is ever answered: a message refused is a broken connection. */
SEC("sk_msg")
int message_sent(struct sk_msg_md *msg)
{
	struct zs_socket *socket;
	struct zs_tuple tuple = {};

	if (!msg->sk)
		return SK_PASS;
	socket = bpf_sk_storage_get(&zs_socket_states, msg->sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!socket) {
		zs_count(ZS_OUT_SOCKET_FAILED);
		return SK_PASS;
	}
	if (socket->speaks == ZS_SPEAKS_UNKNOWN)
		return SK_PASS;
	tuple_of_message(msg, &tuple);
	if (socket->speaks == ZS_SPEAKS_HTTP2 || begins_http2(msg, socket))
		pass_frames(msg, socket, &tuple);
	else if (!write_lines(msg, socket, &tuple))
		join_frames(msg, socket, &tuple);
	return SK_PASS;
}

SEC("sockops")
int connection_opened(struct bpf_sock_ops *ops)
{
	struct bpf_sock *sk = ops->sk;
	__u64 cookie;
	__u32 tgid;
	long error;

	if (!sk)
		return 1;
	switch (ops->op) {
	case BPF_SOCK_OPS_TCP_CONNECT_CB: /* the process itself is calling */
		tgid = zs_task()->tgid;
		if (bpf_map_lookup_elem(&zs_socket_processes, &tgid) &&
		    !bpf_sk_storage_get(&zs_socket_states, sk, 0, BPF_SK_STORAGE_GET_F_CREATE))
			zs_count(ZS_OUT_SOCKET_FAILED);
		break;
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB: /* whoever runs when the answer comes */
		if (!bpf_sk_storage_get(&zs_socket_states, sk, 0, 0))
			break;
		cookie = bpf_get_socket_cookie(ops);
		error = bpf_sock_hash_update(ops, &zs_sockets, &cookie, BPF_NOEXIST);
		if (error && error != -EEXIST) /* we are attached to a cgroup above this one as well */
			zs_count(ZS_OUT_SOCKET_FAILED);
		break;
	}
	return 1;
}
