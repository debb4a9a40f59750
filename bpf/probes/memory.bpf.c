/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Writes the headers that carry a trace on into the buffer from which a request is about to be sent. An object of its own,
 * which is loaded only where the kernel lets probes write: it refuses that under lockdown. What is to be written stands in
 * the offer that the client's probe left under the connection's addresses.
 *
 * The goroutine that fills the buffer is the one that hits the probe, so nobody else looks at it meanwhile. The number of
 * bytes in the buffer is written last: up to then nothing has happened.
 */
#include <zerospan/probe.bpf.h>
#include <zerospan/connection.h>

GO_TYPE(bufio_writer, "*bufio.Writer");
GO_TYPE(conn_writer, "net/http.persistConnWriter");
GO_FIELD(writer_err, "bufio.Writer", "err");
GO_FIELD(writer_buf, "bufio.Writer", "buf");
GO_FIELD(writer_n, "bufio.Writer", "n");
GO_FIELD(writer_wr, "bufio.Writer", "wr");
GO_FIELD(persist_conn, "net/http.persistConn", "conn");
GO_FIELD_OPTIONAL(go_g_parent, "runtime.g", "parentGoid"); /* go1.21.. */
GO_FIELD_OPTIONAL(copied_client_bw, "net/http.http2ClientConn", "bw");
GO_FIELD_OPTIONAL(own_client_bw, "net/http/internal/http2.ClientConn", "bw"); /* go1.27.. */
GO_FIELD_OPTIONAL(x_client_bw, "golang.org/x/net/http2.ClientConn", "bw");

struct writer {
	__u64 at;
	__u64 error;
	__u64 n;
	struct go_slice buffer;
};

/* What would be too much for the stack: in the slot, behind a tracestate's header. */
struct writing {
	struct zs_parent span;
	struct zs_tuple tuple;
	struct writer writer;
};

static __always_inline struct writing *writing_in(struct zs_slot *slot)
{
	return (struct writing *)(slot->data + sizeof(struct zs_state_header));
}

static __always_inline int read_writer(struct writer *writer, __u64 at)
{
	writer->at = at;
	return go_read(&writer->error, sizeof(writer->error), at + writer_err) ||
	       go_read(&writer->n, sizeof(writer->n), at + writer_n) ||
	       go_read(&writer->buffer, sizeof(writer->buffer), at + writer_buf);
}

static __always_inline int has_room(const struct writer *writer, __u64 size)
{
	return !writer->error && writer->n <= writer->buffer.length && writer->buffer.length - writer->n >= size;
}

static __always_inline int go_write(__u64 to, const void *from, __u32 size)
{
	return bpf_probe_write_user((void *)to, from, size);
}

/* Behind what the buffer holds. */
static __always_inline int put_bytes(const struct writer *writer, const void *bytes, __u32 size)
{
	return go_write(writer->buffer.data + writer->n, bytes, size);
}

static __always_inline int set_length(const struct writer *writer, __u64 n)
{
	return go_write(writer->at + writer_n, &n, sizeof(n));
}

static __always_inline int put_lines(struct writer *writer, __u32 formats, const struct zs_parent *span)
{
	union zs_lines lines;
	__u32 size = zs_put_lines(&lines, formats, span);
	int error;

	if (!has_room(writer, size))
		return ZS_OUT_MEMORY_UNFIT;
	if (size == sizeof(lines))
		error = put_bytes(writer, &lines, sizeof(lines));
	else if (size == sizeof(lines.traceparent))
		error = put_bytes(writer, &lines, sizeof(lines.traceparent));
	else
		error = put_bytes(writer, &lines, sizeof(lines.b3_alone));
	if (error || set_length(writer, writer->n + size))
		return ZS_OUT_MEMORY_FAILED;
	writer->n += size;
	return ZS_OUT_MEMORY_WRITTEN;
}

/* Bytes of a header that was made in the slot, behind what the buffer holds; answers how many, 0 if it could not be done. */
static __always_inline __u32 put_state(const struct writer *writer, const struct zs_state_header *header,
				       struct zs_extent extent)
{
	__u64 to = writer->buffer.data + writer->n, from = extent.from, size = extent.size;

	if (!has_room(writer, size))
		return 0;
	/* both bounds of the size: for the verifier of Linux 6.1 what is not 0 may be 0 all the same */
	asm volatile("%0 &= %1" : "+r"(size) : "i"(2 * ZS_TRACESTATE_MAX - 1));
	asm volatile("%0 &= %1" : "+r"(from) : "i"(sizeof(header->before) - 1));
	if (size < ZS_STATE_LINE_BEFORE || size > ZS_STATE_HEADER_MAX || go_write(to, (const char *)header + from, size))
		return 0;
	return size;
}

/* A traceparent is there already, so whatever can't be done here, the request is whole. */
static __always_inline void put_state_line(struct zs_call *call, const struct writer *writer, __u64 key)
{
	struct zs_state_header *header = (struct zs_state_header *)call->slot->data;
	struct zs_extent extent = zs_put_state_line(header, key);
	__u32 size;

	if (!extent.size)
		return;
	size = put_state(writer, header, extent);
	if (!size || set_length(writer, writer->n + size))
		zs_count(ZS_OUT_MEMORY_TRACESTATE_UNFIT);
}

/* The buffer belongs to a client's connection if what it writes to is one; a persistConnWriter is nothing but a pointer to it. */
static __always_inline void write_lines(struct zs_call *call, __u64 itab, __u64 at)
{
	struct writing *writing = writing_in(call->slot);
	struct go_interface to, conn;
	__u32 formats;
	__u64 state;
	int result;

	if (!bufio_writer || go_dynamic_type(itab, call->bias) != bufio_writer || go_read(&to, sizeof(to), at + writer_wr) ||
	    !conn_writer || go_dynamic_type(to.itab, call->bias) != conn_writer ||
	    go_read(&conn, sizeof(conn), to.data + persist_conn) || zs_tuple_of(call, conn, 1, &writing->tuple))
		return;
	formats = zs_claim_headers(&writing->tuple, 0, &writing->span, &state);
	if (!formats)
		return;
	result = read_writer(&writing->writer, at) ? ZS_OUT_MEMORY_FAILED :
						     put_lines(&writing->writer, formats, &writing->span);
	zs_count(result);
	if (state && result == ZS_OUT_MEMORY_WRITTEN)
		put_state_line(call, &writing->writer, state);
}

/* Header.writeSubset(w io.Writer, …), the lines that are always there stand in the buffer: RBX, RCX = w */
GO_START("net/http.Header.writeSubset")
int headers_written(void *ctx)
{
	struct zs_call call;

	if (!zs_enter(&call, ctx))
		return 0;
	write_lines(&call, go_arg(ctx, 2), go_arg(ctx, 3));
	zs_leave(&call);
	return 0;
}

#define FRAME_HEADER_BYTES 9
#define FRAME_HEADERS 1
#define FLAG_END_HEADERS 4
#define FLAG_PADDED 8

/* Whether the buffer holds one frame and nothing else, the one that opens the stream. */
static __always_inline int opens_stream(const __u8 header[FRAME_HEADER_BYTES], __u64 n, __u32 stream)
{
	__u32 length = header[0] << 16 | header[1] << 8 | header[2];
	__u32 number = (header[5] & 0x7f) << 24 | header[6] << 16 | header[7] << 8 | header[8];

	return n == FRAME_HEADER_BYTES + length && header[3] == FRAME_HEADERS && number == stream &&
	       (header[4] & (FLAG_END_HEADERS | FLAG_PADDED)) == FLAG_END_HEADERS;
}

/*
 * The frame's length stands at its beginning, so two places must change together: both are written once as they are, so
 * that it is known that they can be. What is new stands in the buffer already.
 */
static __always_inline int lengthen_frame(struct writer *writer, __u8 header[FRAME_HEADER_BYTES], __u32 size)
{
	__u32 length = writer->n - FRAME_HEADER_BYTES + size;

	if (go_write(writer->buffer.data, header, 3) || set_length(writer, writer->n))
		return -1;
	header[0] = length >> 16;
	header[1] = length >> 8;
	header[2] = length;
	if (go_write(writer->buffer.data, header, 3) || set_length(writer, writer->n + size))
		return -1;
	writer->n += size;
	return 0;
}

static __always_inline int put_fields(struct writer *writer, __u8 header[FRAME_HEADER_BYTES], __u32 stream, __u32 formats,
				      const struct zs_parent *span)
{
	union zs_fields fields;
	__u32 size = zs_put_fields(&fields, formats, span);
	int error;

	if (!has_room(writer, size) || go_read(header, FRAME_HEADER_BYTES, writer->buffer.data) ||
	    !opens_stream(header, writer->n, stream))
		return ZS_OUT_MEMORY_UNFIT;
	if (size == sizeof(fields))
		error = put_bytes(writer, &fields, sizeof(fields));
	else if (size == sizeof(fields.traceparent))
		error = put_bytes(writer, &fields, sizeof(fields.traceparent));
	else
		error = put_bytes(writer, &fields, sizeof(fields.b3_alone));
	return error || lengthen_frame(writer, header, size) ? ZS_OUT_MEMORY_FAILED : ZS_OUT_MEMORY_WRITTEN;
}

/* See put_state_line. */
static __always_inline void put_state_field(struct zs_call *call, struct writer *writer, __u8 header[FRAME_HEADER_BYTES],
					    __u64 key)
{
	struct zs_state_header *made = (struct zs_state_header *)call->slot->data;
	struct zs_extent extent = zs_put_state_field(made, key);
	__u32 size;

	if (!extent.size)
		return;
	size = put_state(writer, made, extent);
	if (!size || lengthen_frame(writer, header, size))
		zs_count(ZS_OUT_MEMORY_TRACESTATE_UNFIT);
}

/* The attempt that the writer's starter is making tells the connection and the stream, see http2_client.h. */
static __always_inline void write_fields(struct zs_call *call, __u32 bw)
{
	struct zs_key key = {.kind = ZS_KEY_CONNECTION};
	struct writing *writing = writing_in(call->slot);
	__u8 header[FRAME_HEADER_BYTES];
	struct zs_entry *attempt;
	__u32 stream, formats;
	__u64 client, state;
	int result;

	key.id = zs_attempt_id(call->key.tgid, go_read_pointer(call->g + go_g_parent));
	attempt = zs_entry_find(&key);
	if (!attempt)
		return;
	writing->tuple = attempt->tuple;
	stream = zs_load(attempt->fence);
	client = attempt->frames[0].start_ns;
	if (!stream || !client || !zs_key_equal(&attempt->key, &key))
		return;
	formats = zs_claim_headers(&writing->tuple, stream, &writing->span, &state);
	if (!formats)
		return;
	result = read_writer(&writing->writer, go_read_pointer(client + bw)) ?
			 ZS_OUT_MEMORY_FAILED :
			 put_fields(&writing->writer, header, stream, formats, &writing->span);
	zs_count(result);
	if (state && result == ZS_OUT_MEMORY_WRITTEN)
		put_state_field(call, &writing->writer, header, state);
}

static __always_inline int frame_written(void *ctx, __u32 bw)
{
	struct zs_call call;

	if (bw == ZS_NO_FIELD || go_g_parent == ZS_NO_FIELD || !zs_enter(&call, ctx))
		return 0;
	write_fields(&call, bw);
	zs_leave(&call);
	return 0;
}

/* (*Framer).WriteHeaders: the frame is in the connection's buffer, and nothing flushes it yet. */
GO_RETURN_OPTIONAL("net/http.(*http2Framer).WriteHeaders|net/http/internal/http2.(*Framer).WriteHeaders")
int net_frame_written(void *ctx)
{
	return frame_written(ctx, own_client_bw != ZS_NO_FIELD ? own_client_bw : copied_client_bw);
}

GO_RETURN_OPTIONAL("golang.org/x/net/http2.(*Framer).WriteHeaders")
int x_frame_written(void *ctx)
{
	return frame_written(ctx, x_client_bw);
}
