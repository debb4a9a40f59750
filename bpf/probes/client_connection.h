/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The addresses of a client's connection, read once: they take eight reads. They stand in zs_contexts under the
 * *persistConn from the first to the last thing that its reading goroutine does. So what stands there can't be of a
 * connection that was closed, whose memory another one has now: whoever closes it takes the entry away, and the goroutine
 * that made the entry closes it in any case. A connection that was there before the probes is read each time.
 */
#pragma once

GO_FIELD(persist_conn, "net/http.persistConn", "conn");

static __always_inline struct zs_key connection_key(const struct zs_call *call, __u64 persist)
{
	return (struct zs_key){.id = persist, .tgid = call->key.tgid, .kind = ZS_KEY_CLIENT_CONNECTION};
}

/* By which an entry is told from one that was left where nobody saw the connection being closed: each attaching has another. */
static __always_inline __u64 attachment(const struct zs_call *call)
{
	return zs_seed[0] ^ bpf_get_attach_cookie(call->ctx) >> ZS_WAVE_SHIFT;
}

static __always_inline int read_connection(struct zs_call *call, __u64 persist, struct zs_tuple *tuple)
{
	struct go_interface conn;

	return go_read(&conn, sizeof(conn), persist + persist_conn) || zs_tuple_of(call, conn, 1, tuple);
}

static __always_inline int known_connection(struct zs_call *call, __u64 persist, struct zs_tuple *tuple)
{
	struct zs_key key = connection_key(call, persist);
	struct zs_entry *entry = zs_entry_find(&key);
	__u32 sequence;

	if (!entry)
		return 0;
	sequence = zs_load(entry->sequence);
	zs_fence(entry);
	if (sequence & 1 || entry->process_start_ns != zs_process_start() || entry->connection != attachment(call))
		return 0;
	*tuple = entry->tuple;
	zs_fence(entry);
	return zs_load(entry->sequence) == sequence && zs_key_equal(&entry->key, &key);
}

/* (*persistConn).readLoop(), in a goroutine of its own: RAX = pc */
GO_START("net/http.(*persistConn).readLoop")
int connection_opened(void *ctx)
{
	struct zs_entry *entry;
	struct tuples *tuples;
	struct zs_call call;
	struct zs_key key;

	if (!zs_enter(&call, ctx))
		return 0;
	tuples = tuples_in(call.slot);
	key = connection_key(&call, go_arg(ctx, 1));
	entry = read_connection(&call, key.id, &tuples->now) ? 0 : zs_entry_new(&key);
	if (entry) {
		entry->tuple = tuples->now;
		entry->connection = attachment(&call);
		entry->owner_tgid = call.key.tgid;
		zs_write_end(entry);
		zs_process_seen(call.key.tgid);
	}
	zs_leave(&call);
	return 0;
}

/* (*persistConn).closeLocked(err error): RAX = pc; may be called several times */
GO_START("net/http.(*persistConn).closeLocked")
int connection_closed(void *ctx)
{
	struct zs_key key = {.id = go_arg(ctx, 1), .kind = ZS_KEY_CLIENT_CONNECTION};
	struct zs_entry *entry;
	struct zs_tuple tuple;

	if (!zs_armed(ctx))
		return 0;
	key.tgid = bpf_get_current_pid_tgid() >> 32;
	entry = zs_entry_find(&key);
	if (!entry)
		return 0;
	tuple = entry->tuple;
	/* first this: who offers looks for it afterwards */
	if (!bpf_map_delete_elem(&zs_contexts, &key))
		zs_offer_last(&tuple);
	return 0;
}
