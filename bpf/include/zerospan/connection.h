/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Hand-over between client and server on one host, without a byte on the wire: the client leaves its span under the
 * connection's addresses and network namespace just before it writes the request, the server takes it when the request
 * arrives, the client removes it when the answer is there. At most one server takes it.
 */
#pragma once

#include "block.h"
#include "outgoing.h"
#include "span.h"

/* Whether offers are there to be taken; else they are only what headers are written from. Set by the host. */
const volatile __u8 zs_hand_over = 1;

GO_TYPE(go_tcp_conn, "*net.TCPConn");
GO_TYPE(go_tls_conn, "*crypto/tls.Conn");
GO_FIELD(go_tcp_conn_fd, "net.TCPConn", "conn.fd");
GO_FIELD_OPTIONAL(go_tls_conn_conn, "crypto/tls.Conn", "conn");
GO_FIELD(go_net_fd_laddr, "net.netFD", "laddr");
GO_FIELD(go_net_fd_raddr, "net.netFD", "raddr");
GO_FIELD(go_tcp_addr_ip, "net.TCPAddr", "IP");
GO_FIELD(go_tcp_addr_port, "net.TCPAddr", "Port");

/* A *net.TCPAddr, as 16 bytes and a port. */
static __always_inline int zs_tcp_addr(struct zs_slot *slot, __u64 addr, __u8 address[16], __u16 *port)
{
	struct zs_block block = ZS_BLOCK;
	struct go_slice ip;
	__u64 number;

	if (!addr)
		return -1;
	zs_block_field(&block, go_tcp_addr_ip, sizeof(ip));
	zs_block_field(&block, go_tcp_addr_port, sizeof(number));
	zs_block_read(slot, &block, addr);
	if (zs_block_words(slot, &block, go_tcp_addr_ip, &ip.data, 3) ||
	    zs_block_word(slot, &block, go_tcp_addr_port, &number))
		return -1;
	*port = number;
	if (ip.length == 16)
		return go_read(address, 16, ip.data);
	if (ip.length != 4)
		return -1;
	__builtin_memset(address, 0, 10);
	address[10] = 0xff;
	address[11] = 0xff;
	return go_read(address + 12, 4, ip.data);
}

/* Fills tuple from a net.Conn; local says which end we are. Network namespace 0 means: not known. */
static __always_inline int zs_tuple_of(struct zs_call *call, struct go_interface conn, int local_is_client,
				       struct zs_tuple *tuple)
{
	__u64 type = go_dynamic_type(conn.itab, call->bias);
	struct zs_block block = ZS_BLOCK;
	struct go_interface local, remote;
	__u64 fd;

	if (type && type == go_tls_conn) {
		if (go_tls_conn_conn == ZS_NO_FIELD || go_read(&conn, sizeof(conn), conn.data + go_tls_conn_conn))
			return -1;
		type = go_dynamic_type(conn.itab, call->bias);
	}
	if (!type || type != go_tcp_conn) {
		zs_count(ZS_UNKNOWN_CONNECTION);
		return -1;
	}
	fd = go_read_pointer(conn.data + go_tcp_conn_fd);
	if (!fd)
		return -1;
	zs_block_field(&block, go_net_fd_laddr, sizeof(local));
	zs_block_field(&block, go_net_fd_raddr, sizeof(remote));
	zs_block_read(call->slot, &block, fd);
	if (zs_block_interface(call->slot, &block, go_net_fd_laddr, &local) ||
	    zs_block_interface(call->slot, &block, go_net_fd_raddr, &remote))
		return -1;
	tuple->netns = zs_netns();
	if (local_is_client)
		return zs_tcp_addr(call->slot, local.data, tuple->client, &tuple->client_port) ||
		       zs_tcp_addr(call->slot, remote.data, tuple->server, &tuple->server_port);
	return zs_tcp_addr(call->slot, remote.data, tuple->client, &tuple->client_port) ||
	       zs_tcp_addr(call->slot, local.data, tuple->server, &tuple->server_port);
}

/* Notes that this process lives; its exit takes the note away, and with it the worth of what the process left behind. */
static __always_inline void zs_process_seen(__u32 tgid)
{
	struct zs_key key = {.tgid = tgid, .kind = ZS_KEY_PROCESS};
	struct zs_entry *entry = zs_entry_find(&key);

	if (entry && entry->process_start_ns == zs_process_start())
		return;
	entry = zs_entry_new(&key);
	if (entry)
		zs_write_end(entry);
}

static __always_inline int zs_process_lives(__u32 tgid, __u64 process_start_ns)
{
	struct zs_key key = {.tgid = tgid, .kind = ZS_KEY_PROCESS};
	struct zs_entry *entry = zs_entry_find(&key);

	/* 0: the host has noted the process, or its first offer is just being noted; gone when it exits, like any other */
	return entry && (!entry->process_start_ns || entry->process_start_ns == process_start_ns);
}

static __always_inline int zs_offer_once(struct zs_call *call, struct zs_key *key, const struct zs_frame *frame,
					 const struct zs_tuple *tuple, const struct zs_outgoing *out)
{
	struct zs_entry *entry = zs_entry_new(key);

	if (!entry)
		return 1;
	__builtin_memcpy(entry->trace_id, out->trace, sizeof(entry->trace_id));
	entry->tuple = *tuple;
	entry->owner_tgid = call->key.tgid;
	entry->frames[0].span_id = frame->span_id;
	entry->frames[0].flags = frame->flags & ZS_EVENT_INHERITED;
	entry->frames[0].object = out->formats;
	entry->frames[0].start_ns = out->client;
	if (out->formats)
		entry->base_parent = zs_tracestate_key(call->entry);
	entry->depth = 1;
	if (out->marks)
		zs_mark(entry, out->marks);
	zs_write_end(entry);
	entry = zs_entry_find(key);
	return entry && entry->frames[0].span_id == frame->span_id;
}

/* A span as it is, with nothing to write into its request's headers. */
static __always_inline struct zs_outgoing zs_plain(const struct zs_call *call)
{
	struct zs_outgoing out = {.marks = zs_hand_over ? 0 : ZS_OFFER_TAKEN};

	__builtin_memcpy(out.trace, call->entry->trace_id, sizeof(out.trace));
	return out;
}

/*
 * Client: leaves the goroutine's open span for whoever serves this connection, in a process that is
 * noted. net/http gives a connection back before the call that used it returns, so that call may just be removing its own
 * offer and take ours along: then again. Where the connection is seen being closed, that removes the offer, and none is lost.
 */
static __always_inline void zs_offer_with(struct zs_call *call, const struct zs_frame *frame,
					  const struct zs_tuple *tuple, const struct zs_outgoing *out)
{
	struct zs_key key = {.id = zs_tuple_hash(tuple, 0), .kind = ZS_KEY_CONNECTION};

	if (!zs_offer_once(call, &key, frame, tuple, out))
		zs_offer_once(call, &key, frame, tuple, out);
	call->entry->offer = key.id;
}

static __always_inline void zs_offer(struct zs_call *call, const struct zs_frame *frame, const struct zs_tuple *tuple)
{
	struct zs_outgoing out = zs_plain(call);

	out.marks |= ZS_OFFER_LAST;
	zs_process_seen(call->key.tgid);
	zs_offer_with(call, frame, tuple, &out);
}

/*
 * Client: removes what the goroutine's span span_id left, taken or not. Fills tuple with the connection it went over
 * and answers 1. The next user of the connection may already have put its own offer there: that stays.
 */
static __always_inline int zs_withdraw(struct zs_call *call, __u64 span_id, struct zs_tuple *tuple)
{
	struct zs_key key = {.id = call->entry->offer, .kind = ZS_KEY_CONNECTION};
	struct zs_entry *entry;
	struct zs_parent left;
	__u32 fence;

	if (!key.id)
		return 0;
	call->entry->offer = 0;
	entry = zs_entry_find(&key);
	if (!entry)
		return 0;
	*tuple = entry->tuple;
	fence = zs_load(entry->fence);
	if (!zs_entry_read(entry, &key, &left))
		return 0;
	if (left.span_id == span_id && zs_offer_end(entry, fence))
		bpf_map_delete_elem(&zs_contexts, &key);
	return 1;
}

/* The connection is closed: its offer goes, now or when it is withdrawn. */
static __always_inline void zs_offer_last(const struct zs_tuple *tuple)
{
	struct zs_key key = {.id = zs_tuple_hash(tuple, 0), .kind = ZS_KEY_CONNECTION};
	struct zs_entry *entry = zs_entry_find(&key);

	if (entry && zs_tuple_equal(&entry->tuple, tuple) &&
	    __sync_fetch_and_or(&entry->fence, ZS_OFFER_LAST) & ZS_OFFER_WITHDRAWN)
		bpf_map_delete_elem(&zs_contexts, &key);
}

/* Server: the key of the tracestate that goes with a span of this trace, which it has just taken. */
static __always_inline __u64 zs_taken_tracestate(const struct zs_tuple *tuple, __u32 stream, const __u8 trace[16])
{
	struct zs_key key = {.id = zs_tuple_hash(tuple, stream), .kind = ZS_KEY_CONNECTION};
	struct zs_entry *entry = zs_entry_find(&key);
	const __u64 *ours = (const __u64 *)trace, *its = entry ? (const __u64 *)entry->trace_id : 0;

	return its && its[0] == ours[0] && its[1] == ours[1] ? entry->base_parent : 0;
}

/* Server: takes the span that the client left for this request, once; what does not match in full is no parent. */
static __always_inline int zs_take(const struct zs_tuple *tuple, __u32 stream, struct zs_parent *parent)
{
	struct zs_key key = {.id = zs_tuple_hash(tuple, stream), .kind = ZS_KEY_CONNECTION};
	struct zs_entry *entry = zs_entry_find(&key);

	if (!entry || entry->connection != stream || !zs_tuple_equal(&entry->tuple, tuple))
		return 0;
	if (zs_mark(entry, ZS_OFFER_TAKEN) || !zs_entry_read(entry, &key, parent))
		return 0;
	if (!zs_process_lives(parent->tgid, parent->process_start_ns)) {
		zs_count(ZS_LOST_PARENT_DEAD);
		return 0;
	}
	parent->flags |= ZS_EVENT_REMOTE_PARENT;
	zs_count(ZS_OUT_CONNECTION_TAKEN);
	return 1;
}
