/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#include "fake_sockets.h"

#include "fake_kernel.h"
#include "fake_maps.h"
#include "probes.h"
#include "runner.h"
#include "spans.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* The first two fields are what the probe's own struct sock has. */
static struct {
	int queued, most;
	__u32 state[4];
	int full, has_state, added, helpers, fail_at, failed;
	struct address client, server;
	struct sent sent;
	char *window;
	__u32 window_at, window_size;
} fake;

void sockets_reset(void)
{
	free(fake.window);
	memset(&fake, 0, sizeof(fake));
	fake.most = 1 << 20;
	sockets_between(CLIENT_END, SERVER_END);
}

void sockets_between(struct address client, struct address server)
{
	fake.client = client;
	fake.server = server;
}

void sockets_unsent(int queued, int most)
{
	fake.queued = queued;
	fake.most = most;
}

void sockets_fail(int nth)
{
	fake.helpers = 0;
	fake.fail_at = nth;
	fake.failed = 0;
}

void sockets_without_storage(void)
{
	fake.full = 1;
}

int sockets_failed(void)
{
	return fake.failed;
}

void *user_socket_state(void *sk, __u64 flags)
{
	if (!fake.has_state && (fake.full || !(flags & BPF_SK_STORAGE_GET_F_CREATE)))
		return 0;
	fake.has_state = 1;
	return fake.state;
}

void *user_tcp_sock(void *sk)
{
	return &fake;
}

__u64 user_socket_cookie(void *ops)
{
	return 7;
}

long user_socket_add(void *ops, const __u64 *cookie)
{
	fake.added += *cookie == 7;
	return 0;
}

/* What was changed through the window is changed in the message; the window is gone. */
static void close_window(struct sk_msg_md *msg)
{
	if (fake.window)
		memcpy(fake.sent.bytes + fake.window_at, fake.window, fake.window_size);
	free(fake.window);
	fake.window = 0;
	msg->data = msg->data_end = 0;
}

static int fails(void)
{
	fake.failed |= ++fake.helpers == fake.fail_at;
	return fake.helpers == fake.fail_at;
}

long user_pull(void *context, __u32 start, __u32 end)
{
	struct sk_msg_md *msg = context;

	close_window(msg);
	if (end <= start || end > fake.sent.size)
		return -EINVAL;
	if (fails())
		return -ENOMEM;
	fake.window_at = start;
	fake.window_size = end - start;
	fake.window = malloc(end - start);
	memcpy(fake.window, fake.sent.bytes + start, end - start);
	msg->data = fake.window;
	msg->data_end = fake.window + (end - start);
	return 0;
}

/* Older kernels take nothing at the message's end. */
long user_push(void *context, __u32 start, __u32 size)
{
	struct sk_msg_md *msg = context;

	close_window(msg);
	if (start >= fake.sent.size)
		return -EINVAL;
	if (fails())
		return -ENOMEM;
	memmove(fake.sent.bytes + start + size, fake.sent.bytes + start, fake.sent.size - start);
	memset(fake.sent.bytes + start, 0xcc, size);
	fake.sent.size += size;
	msg->size = fake.sent.size;
	return 0;
}

long user_pop(void *context, __u32 start, __u32 size)
{
	struct sk_msg_md *msg = context;

	close_window(msg);
	memmove(fake.sent.bytes + start, fake.sent.bytes + start + size, fake.sent.size - start - size);
	fake.sent.size -= size;
	msg->size = fake.sent.size;
	return 0;
}

static __u32 word(const struct address *address, int index)
{
	__u32 value;

	memcpy(&value, address->ip + 4 * index, sizeof(value));
	return value;
}

const struct sent *socket_send(const struct process *process, const void *bytes, __u32 size)
{
	const struct process *former = kernel_run_as(process);
	struct sk_msg_md msg = {.local_port = fake.client.port, .remote_port = htonl(fake.server.port), .size = size};

	memcpy(fake.sent.bytes, bytes, size);
	fake.sent.size = size;
	msg.sk = (struct bpf_sock *)&fake;
	msg.family = fake.client.length == 4 ? AF_INET : AF_INET6;
	if (msg.family == AF_INET) {
		msg.local_ip4 = word(&fake.client, 0);
		msg.remote_ip4 = word(&fake.server, 0);
	}
	for (int i = 0; msg.family == AF_INET6 && i < 4; i++) {
		msg.local_ip6[i] = word(&fake.client, i);
		msg.remote_ip6[i] = word(&fake.server, i);
	}
	EXPECT_EQUAL(probes_run_on(SOCKET, "message_sent", &msg), SK_PASS);
	close_window(&msg);
	kernel_run_as(former);
	return &fake.sent;
}

void sockets_want(const struct process *process)
{
	static const struct user_shape wanted = {"&zs_socket_processes", BPF_MAP_TYPE_HASH, 16384, 4, 1};
	__u32 tgid = process->tgid;
	__u8 one = 1;

	map_update(&wanted, &tgid, &one, 0);
}

int socket_open(const struct process *opener, const struct process *other)
{
	struct bpf_sock_ops ops = {.op = BPF_SOCK_OPS_TCP_CONNECT_CB};
	const struct process *former = kernel_run_as(opener);

	ops.sk = (struct bpf_sock *)&fake;
	probes_run_on(SOCKET, "connection_opened", &ops);
	kernel_run_as(other);
	ops.op = BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB;
	probes_run_on(SOCKET, "connection_opened", &ops);
	kernel_run_as(former);
	return fake.added;
}
