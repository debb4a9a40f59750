/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* HTTP/1: lines go in behind the request line. */
#pragma once

/* Longest request line that is looked through: what net/http gathers before it writes. */
#define REQUEST_LINE_MAX 4096
/* The shortest request line's: "A / HTTP/1.1\r\n" */
#define REQUEST_LINE_MIN 14
#define LINE_END_CHARS 11 /* of " HTTP/1.1\r\n" */

/* Where the message's first line ends, behind the line feed; 0 if it does not end. */
static __always_inline __u32 first_line(struct sk_msg_md *msg, struct zs_socket *socket)
{
	__u32 size = FIELD(msg, size) > REQUEST_LINE_MAX ? REQUEST_LINE_MAX : FIELD(msg, size);
	char *data, *end;

	socket->at = 0;
	if (bpf_msg_pull_data(msg, 0, size, 0))
		return 0;
	data = (char *)(long)msg->data;
	end = (char *)(long)msg->data_end;
	for (__u32 i = 0; i < REQUEST_LINE_MAX; i++) {
		if (data + i + 1 > end)
			break;
		if (data[i] == '\n') {
			socket->at = i + 1;
			break;
		}
	}
	return socket->at;
}

static __always_inline int ends_request_line(const char *end)
{
	return chars_at(end) == ZS_CHARS(' ', 'H', 'T', 'T', 'P', '/', '1', '.') &&
	       chars_at(end + 3) == ZS_CHARS('T', 'P', '/', '1', '.', '1', '\r', '\n');
}

static __always_inline int insert_lines(struct sk_msg_md *msg, __u32 at, __u32 formats, const struct zs_parent *span)
{
	union zs_lines lines;

	switch (zs_put_lines(&lines, formats, span)) { /* the compiler must see how many bytes are copied */
	case sizeof(lines):
		return insert_bytes(msg, at, &lines, sizeof(lines));
	case sizeof(lines.traceparent):
		return insert_bytes(msg, at, &lines, sizeof(lines.traceparent));
	default:
		return insert_bytes(msg, at, &lines, sizeof(lines.b3_alone));
	}
}

/* Behind the traceparent, which is there already; answers 0 where there is nothing to write, or less if it could not be. */
static __always_inline int insert_state_line(struct sk_msg_md *msg, __u32 at, __u64 key, struct zs_slot *slot)
{
	struct zs_state_header *header = (struct zs_state_header *)slot->data;
	struct zs_extent extent = zs_put_state_line(header, key);

	return extent.size ? insert_text(msg, at, (const char *)header + 16 - ZS_STATE_LINE_BEFORE, extent.size) : 0;
}

__noinline int write_state_line(struct sk_msg_md *msg, __u32 at, __u64 key)
{
	struct zs_slot *slot;
	int error;

	if (!zs_tracestate_find(key))
		return 0;
	slot = zs_slot_claim();
	error = slot ? insert_state_line(msg, at, key, slot) : -1;
	if (slot)
		zs_slot_release(slot);
	if (error)
		zs_count(ZS_OUT_SOCKET_TRACESTATE_UNFIT);
	return error;
}

/* Answers 0 if nothing was offered for this connection. */
static __always_inline int write_lines(struct sk_msg_md *msg, struct zs_socket *socket, const struct zs_tuple *tuple)
{
	struct zs_parent span = {};
	__u64 state;
	__u32 formats = zs_claim_headers(tuple, 0, &span, &state), at;
	char *end;
	int error;

	if (!formats)
		return 0;
	at = first_line(msg, socket);
	end = at >= REQUEST_LINE_MIN ? message_bytes(msg, at - LINE_END_CHARS, LINE_END_CHARS) : 0;
	if (!end || !ends_request_line(end)) {
		zs_count(ZS_OUT_SOCKET_UNFIT);
		return 1;
	}
	if (!may_grow(msg)) {
		zs_count(ZS_OUT_SOCKET_BUSY);
		return 1;
	}
	error = insert_lines(msg, at, formats, &span);
	zs_count(error ? ZS_OUT_SOCKET_FAILED : ZS_OUT_SOCKET_WRITTEN);
	if (state && !error)
		write_state_line(msg, at + sizeof(struct zs_traceparent_line), state);
	return 1;
}
