/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Cleartext HTTP/2: fields go in at the end of the frame that opens a stream (RFC 9113, 4.1 and 6.2). A message may begin
 * and end anywhere in a frame, so the frames of a connection are followed from its first byte on.
 */
#pragma once

#define FRAME_HEADER_BYTES 9
#define FRAME_HEADERS 1
#define FLAG_END_HEADERS 4
#define FLAG_PADDED 8
/* What every receiver takes, whatever it says in its settings. */
#define FRAME_MAX 16384
/* Frames in one message; a message with more ends the following of its connection. */
#define FRAMES_MAX 16

struct frame {
	__u32 length;
	__u32 stream;
	__u8 type, flags;
};

static __always_inline int read_frame(struct sk_msg_md *msg, __u32 at, struct frame *frame)
{
	const __u8 *header = (const __u8 *)message_bytes(msg, at, FRAME_HEADER_BYTES);

	if (!header)
		return -1;
	frame->length = header[0] << 16 | header[1] << 8 | header[2];
	frame->type = header[3];
	frame->flags = header[4];
	frame->stream = (header[5] & 0x7f) << 24 | header[6] << 16 | header[7] << 8 | header[8];
	return 0;
}

/* Takes room out again that was made before a frame's last byte. */
static __always_inline void restore_last(struct sk_msg_md *msg, __u32 at, __u32 size, char byte)
{
	char *last = message_bytes(msg, at + size, 1);

	if (last)
		*last = byte;
	bpf_msg_pop_data(msg, at, size, 0);
}

/*
 * Behind the frame's last byte nothing can be put in where the message ends, so it goes in before that byte, and the byte
 * to its own place in front.
 */
static __always_inline int append_bytes(struct sk_msg_md *msg, __u32 end, char *bytes, __u32 size)
{
	char *last = message_bytes(msg, end - 1, 1);
	char first;

	if (!last)
		return -1;
	first = *last;
	if (bpf_msg_push_data(msg, end - 1, size, 0))
		return -1;
	last = message_bytes(msg, end - 1 + size, 1);
	if (!last)
		goto undo;
	*last = bytes[size - 1];
	last = message_bytes(msg, end - 1, size);
	if (!last)
		goto undo;
	*last = first;
	__builtin_memcpy(last + 1, bytes, size - 1);
	return 0;
undo:
	restore_last(msg, end - 1, size, first);
	return -1;
}

static __always_inline int append_fields(struct sk_msg_md *msg, __u32 end, __u32 formats, const struct zs_parent *span)
{
	union zs_fields fields;

	switch (zs_put_fields(&fields, formats, span)) {
	case sizeof(fields):
		return append_bytes(msg, end, (char *)&fields, sizeof(fields)) ? 0 : sizeof(fields);
	case sizeof(fields.traceparent):
		return append_bytes(msg, end, (char *)&fields, sizeof(fields.traceparent)) ? 0 : sizeof(fields.traceparent);
	default:
		return append_bytes(msg, end, (char *)&fields, sizeof(fields.b3_alone)) ? 0 : sizeof(fields.b3_alone);
	}
}

/* It was read a moment ago, so it is there. */
static __always_inline int set_length(struct sk_msg_md *msg, __u32 at, __u32 length)
{
	char *header = message_bytes(msg, at, FRAME_HEADER_BYTES);

	if (!header)
		return -1;
	header[0] = length >> 16;
	header[1] = length >> 8;
	header[2] = length;
	return 0;
}

/* Answers by how many bytes the frame has grown: all of them or, where the kernel has no memory, none. */
static __always_inline __u32 grow_frame(struct sk_msg_md *msg, __u32 at, __u32 length, __u32 formats,
					const struct zs_parent *span)
{
	__u32 size = !(formats & ZS_OUT_TRACECONTEXT) ? sizeof(struct zs_b3_field) :
		     formats & ZS_OUT_B3	      ? sizeof(union zs_fields) :
							sizeof(struct zs_traceparent_field);

	if (set_length(msg, at, length + size))
		return 0;
	if (append_fields(msg, at + FRAME_HEADER_BYTES + length, formats, span))
		return size;
	set_length(msg, at, length);
	return 0;
}

/*
 * The tracestate's field behind the traceparent's; answers by how many bytes the frame has grown. As in append_bytes the
 * frame's last byte makes way: the one before the field in the slot is free for it.
 */
static __always_inline __u32 append_state(struct sk_msg_md *msg, __u32 at, __u32 length, __u64 key, struct zs_slot *slot)
{
	struct zs_state_header *header = (struct zs_state_header *)slot->data;
	struct zs_extent extent = zs_put_state_field(header, key);
	__u32 last = at + FRAME_HEADER_BYTES + length - 1, from = extent.from - 1;
	char *byte = extent.size && length + extent.size <= FRAME_MAX ? message_bytes(msg, last, 1) : 0;

	if (!byte)
		return 0;
	asm volatile("%0 &= %1" : "+r"(from) : "i"(3));
	((char *)header)[from] = *byte;
	if (set_length(msg, at, length + extent.size))
		return 0;
	if (bpf_msg_push_data(msg, last, extent.size, 0)) {
		set_length(msg, at, length);
		return 0;
	}
	if (!set_bytes(msg, last, (const char *)header + from, extent.size + 1))
		return extent.size;
	restore_last(msg, last, extent.size, ((char *)header)[from]);
	set_length(msg, at, length);
	return 0;
}

/* A function of its own: the verifier would follow it in each of a message's frames. */
__noinline int extend_by_state(struct sk_msg_md *msg, __u32 at, __u32 length, __u64 key)
{
	struct zs_slot *slot;
	int grown;

	if (!zs_tracestate_find(key))
		return 0;
	slot = zs_slot_claim();
	grown = slot ? append_state(msg, at, length, key, slot) : 0;
	if (slot)
		zs_slot_release(slot);
	if (!grown)
		zs_count(ZS_OUT_SOCKET_TRACESTATE_UNFIT);
	return grown;
}

/* Adds the fields of a stream that is being opened; answers by how many bytes the frame has grown. */
static __always_inline __u32 extend_frame(struct sk_msg_md *msg, __u32 at, const struct frame *frame, __u32 formats,
					  const struct zs_parent *span, __u64 state)
{
	__u32 grown;

	if (!(frame->flags & FLAG_END_HEADERS) || frame->flags & FLAG_PADDED || !frame->length ||
	    frame->length + sizeof(union zs_fields) > FRAME_MAX ||
	    at + FRAME_HEADER_BYTES + frame->length > FIELD(msg, size)) {
		zs_count(ZS_OUT_SOCKET_UNFIT);
		return 0;
	}
	if (!may_grow(msg)) {
		zs_count(ZS_OUT_SOCKET_BUSY);
		return 0;
	}
	grown = grow_frame(msg, at, frame->length, formats, span);
	zs_count(grown ? ZS_OUT_SOCKET_WRITTEN : ZS_OUT_SOCKET_FAILED);
	if (grown && state)
		grown += extend_by_state(msg, at, frame->length + grown, state) & (2 * ZS_TRACESTATE_MAX - 1);
	return grown;
}

/* Frames of a connection whose beginnings are known. */
static __always_inline void pass_frames(struct sk_msg_md *msg, struct zs_socket *socket, const struct zs_tuple *tuple)
{
	struct zs_parent span = {};

	for (int i = 0; i < FRAMES_MAX; i++) {
		__u32 at = socket->left, size = FIELD(msg, size);
		struct frame frame;
		__u32 formats;
		__u64 state = 0;

		if (at >= size) {
			socket->left = at - size;
			return;
		}
		if (read_frame(msg, at, &frame))
			break;
		formats = frame.type == FRAME_HEADERS ? zs_claim_headers(tuple, frame.stream, &span, &state) : 0;
		if (formats)
			frame.length += extend_frame(msg, at, &frame, formats, &span, state);
		socket->left = at + FRAME_HEADER_BYTES + frame.length;
	}
	socket->speaks = ZS_SPEAKS_UNKNOWN;
}

/* The client's first words are "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", with frames behind them. */
#define PREFACE_BYTES 24

static __always_inline int begins_http2(struct sk_msg_md *msg, struct zs_socket *socket)
{
	const char *data = message_bytes(msg, 0, PREFACE_BYTES);

	if (!data || chars_at(data) != ZS_CHARS('P', 'R', 'I', ' ', '*', ' ', 'H', 'T') ||
	    chars_at(data + 8) != ZS_CHARS('T', 'P', '/', '2', '.', '0', '\r', '\n') ||
	    chars_at(data + 16) != ZS_CHARS('\r', '\n', 'S', 'M', '\r', '\n', '\r', '\n'))
		return 0;
	socket->speaks = ZS_SPEAKS_HTTP2;
	socket->left = PREFACE_BYTES;
	return 1;
}

/*
 * A connection that was open before we came: it is followed from the first message that is one HEADERS frame, whole and
 * alone, of a stream that is just being opened.
 */
static __always_inline void join_frames(struct sk_msg_md *msg, struct zs_socket *socket, const struct zs_tuple *tuple)
{
	struct zs_parent span = {};
	struct frame frame;
	__u32 formats;
	__u64 state;

	if (read_frame(msg, 0, &frame) || frame.type != FRAME_HEADERS || FIELD(msg, size) != FRAME_HEADER_BYTES + frame.length)
		return;
	formats = zs_claim_headers(tuple, frame.stream, &span, &state);
	if (!formats)
		return;
	extend_frame(msg, 0, &frame, formats, &span, state);
	socket->left = 0;
	socket->speaks = ZS_SPEAKS_HTTP2;
}
