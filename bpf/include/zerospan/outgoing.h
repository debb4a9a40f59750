/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What a client's span leaves for its request's headers. It stands in the offer, the entry of zs_contexts under the
 * connection's addresses: whoever comes by where the request is written takes it from there, once.
 */
#pragma once

#include "contexts.h"
#include "hex.h"
#include "tracestate.h"

/* Formats to write, in an offer's frames[0].object. */
enum zs_out_format {
	ZS_OUT_TRACECONTEXT = 1,
	ZS_OUT_B3 = 2,
};

/* An offer's fence. It means nothing in any other entry, so a mark that comes too late harms nobody. */
#define ZS_OFFER_TAKEN 1   /* by a server of this host */
#define ZS_OFFER_WRITTEN 2 /* into the request, or given up */
#define ZS_OFFER_WITHDRAWN 4 /* its call is over */
#define ZS_OFFER_LAST 8 /* nobody sees the connection being closed, or it is: who withdraws the offer removes it as well */
/* The rest tells whose it is: a part of the span's id. So nobody withdraws what the next call has offered meanwhile. */
#define ZS_OFFER_MARKS 15

struct zs_outgoing {
	__u64 trace[2];
	__u32 formats; /* 0: nothing is to be written */
	__u32 marks;   /* set from the beginning */
	__u64 client;  /* HTTP/2: the client's end of the connection, by which its buffer is found; in frames[0].start_ns */
};

/* More than a process id has: the kernel's PID_MAX_LIMIT is 4 Mi. */
#define ZS_PID_BITS 22

/* HTTP/2: where the attempt that a goroutine is making stands; like a tuple's hash it is no other entry's. */
static __always_inline __u64 zs_attempt_id(__u32 tgid, __u64 goid)
{
	return zs_mix(goid << ZS_PID_BITS | tgid);
}

/* Sets a mark; whether it was set before. */
static __always_inline int zs_mark(struct zs_entry *entry, __u32 mark)
{
	return !!(__sync_fetch_and_or(&entry->fence, mark) & mark);
}

static __always_inline __u32 zs_offer_tag(__u64 span_id)
{
	return (__u32)span_id & ~ZS_OFFER_MARKS;
}

/*
 * Withdraws an offer whose fence was seen to be that; nobody takes it any more, nor writes from it. Whether it is to be
 * removed. Where the entry was given away meanwhile, the tag is another one, and nothing happens.
 */
static __always_inline int zs_offer_end(struct zs_entry *entry, __u32 fence)
{
	const __u32 ended = ZS_OFFER_TAKEN | ZS_OFFER_WRITTEN | ZS_OFFER_WITHDRAWN;
	__u32 seen;

	for (int i = 0; i < 4; i++) { /* three marks may come in between */
		if (fence & ZS_OFFER_LAST)
			return 1;
		seen = __sync_val_compare_and_swap(&entry->fence, fence, fence | ended);
		if (seen == fence || (seen ^ fence) & ~ZS_OFFER_MARKS)
			return 0;
		fence = seen;
	}
	return 0;
}

/* Of a request's way: the connection, and over HTTP/2 the stream, which is never used twice; else 0. */
static __always_inline __u64 zs_tuple_hash(const struct zs_tuple *tuple, __u32 stream)
{
	const __u64 *word = (const __u64 *)tuple;
	__u64 hash = zs_mix(zs_mix(zs_mix(zs_mix(word[0] ^ word[4]) ^ word[1]) ^ word[2]) ^ word[3]);

	return stream ? zs_mix(hash ^ stream) : hash;
}

static __always_inline int zs_tuple_equal(const struct zs_tuple *a, const struct zs_tuple *b)
{
	const __u64 *x = (const __u64 *)a, *y = (const __u64 *)b;

	return x[0] == y[0] && x[1] == y[1] && x[2] == y[2] && x[3] == y[3] && x[4] == y[4];
}

/*
 * Takes what is to be written for a request that this process is just sending; 0: nothing, or it is done. state gets
 * the key of the tracestate that goes along with a traceparent.
 */
static __always_inline __u32 zs_claim_headers(const struct zs_tuple *tuple, __u32 stream, struct zs_parent *span,
					      __u64 *state)
{
	struct zs_key key = {.id = zs_tuple_hash(tuple, stream), .kind = ZS_KEY_CONNECTION};
	struct zs_entry *entry = zs_entry_find(&key);
	__u32 formats;

	if (!entry || entry->connection != stream || !zs_tuple_equal(&entry->tuple, tuple))
		return 0;
	formats = entry->frames[0].object;
	*state = formats & ZS_OUT_TRACECONTEXT ? entry->base_parent : 0;
	if (!formats || zs_load(entry->fence) & ZS_OFFER_WRITTEN || zs_mark(entry, ZS_OFFER_WRITTEN) ||
	    !zs_entry_read(entry, &key, span))
		return 0;
	return span->process_start_ns == zs_process_start() ? formats : 0;
}

/* The digits of 4 bytes, in their order. */
static __always_inline __u64 zs_digits(__u64 x)
{
	x = (x | x << 16) & 0x0000ffff0000ffffull;
	x = (x | x << 8) & 0x00ff00ff00ff00ffull;
	x = (x >> 4 & 0x000f000f000f000full) | (x & 0x000f000f000f000full) << 8;
	return x + ZS_EACH('0') + ((x + ZS_EACH(6)) >> 4 & ZS_EACH(1)) * ('a' - '0' - 10);
}

static __always_inline void zs_put_id(char *to, __u64 id)
{
	__u64 digits[2] = {zs_digits(id & 0xffffffff), zs_digits(id >> 32)};

	__builtin_memcpy(to, digits, sizeof(digits));
}

/* A traceparent: 00-{trace}-{span}-{flags} */
#define ZS_TRACEPARENT_CHARS 55

static __always_inline void zs_put_traceparent(char *to, const struct zs_parent *span)
{
	__builtin_memcpy(to, "00-", 3);
	zs_put_id(to + 3, span->trace[0]);
	zs_put_id(to + 19, span->trace[1]);
	to[35] = '-';
	zs_put_id(to + 36, span->span_id);
	to[52] = '-';
	to[53] = '0';
	to[54] = span->flags & ZS_EVENT_UNSAMPLED ? '0' : '1';
}

/* A b3: {trace}-{span}-{sampled} */
#define ZS_B3_CHARS 51

static __always_inline void zs_put_b3(char *to, const struct zs_parent *span)
{
	zs_put_id(to, span->trace[0]);
	zs_put_id(to + 16, span->trace[1]);
	to[32] = '-';
	zs_put_id(to + 33, span->span_id);
	to[49] = '-';
	to[50] = span->flags & ZS_EVENT_UNSAMPLED ? '0' : '1';
}

/* Lines of HTTP/1's header. */
struct zs_traceparent_line {
	char name[13], value[ZS_TRACEPARENT_CHARS], end[2];
};

struct zs_b3_line {
	char name[4], value[ZS_B3_CHARS], end[2];
};

/* HPACK's literals without indexing, with names of their own: they leave the other end's table as it is (RFC 7541, 6.2.2). */
struct zs_traceparent_field {
	char name[14], value[ZS_TRACEPARENT_CHARS];
};

struct zs_b3_field {
	char name[5], value[ZS_B3_CHARS];
};

/* Both formats one behind the other; where there is only one, the other's place is not used. */
union zs_lines {
	struct {
		struct zs_traceparent_line traceparent;
		struct zs_b3_line b3;
	};
	struct zs_b3_line b3_alone;
};

union zs_fields {
	struct {
		struct zs_traceparent_field traceparent;
		struct zs_b3_field b3;
	};
	struct zs_b3_field b3_alone;
};

static __always_inline void zs_put_b3_line(struct zs_b3_line *line, const struct zs_parent *span)
{
	__builtin_memcpy(line->name, "b3: ", 4);
	zs_put_b3(line->value, span);
	__builtin_memcpy(line->end, "\r\n", 2);
}

/* Answers how many bytes it made. */
static __always_inline __u32 zs_put_lines(union zs_lines *lines, __u32 formats, const struct zs_parent *span)
{
	if (!(formats & ZS_OUT_TRACECONTEXT)) {
		zs_put_b3_line(&lines->b3_alone, span);
		return sizeof(lines->b3_alone);
	}
	__builtin_memcpy(lines->traceparent.name, "traceparent: ", 13);
	zs_put_traceparent(lines->traceparent.value, span);
	__builtin_memcpy(lines->traceparent.end, "\r\n", 2);
	if (!(formats & ZS_OUT_B3))
		return sizeof(lines->traceparent);
	zs_put_b3_line(&lines->b3, span);
	return sizeof(*lines);
}

static __always_inline void zs_put_b3_field(struct zs_b3_field *field, const struct zs_parent *span)
{
	__builtin_memcpy(field->name, "\0\2b3\x33", 5);
	zs_put_b3(field->value, span);
}

static __always_inline __u32 zs_put_fields(union zs_fields *fields, __u32 formats, const struct zs_parent *span)
{
	if (!(formats & ZS_OUT_TRACECONTEXT)) {
		zs_put_b3_field(&fields->b3_alone, span);
		return sizeof(fields->b3_alone);
	}
	__builtin_memcpy(fields->traceparent.name, "\0\13traceparent\x37", 14);
	zs_put_traceparent(fields->traceparent.value, span);
	if (!(formats & ZS_OUT_B3))
		return sizeof(fields->traceparent);
	zs_put_b3_field(&fields->b3, span);
	return sizeof(*fields);
}

/* A tracestate that goes in behind a traceparent: its text, and room for what stands before and behind it. */
struct zs_state_header {
	char before[16]; /* right before the text; its first byte is never used */
	char text[ZS_TRACESTATE_MAX];
	char behind[16];
};

#define ZS_STATE_LINE_BEFORE 12 /* "tracestate: " */
#define ZS_STATE_HEADER_MAX (ZS_TRACESTATE_MAX + 17)

/* Where in the header it begins, and how many bytes it has; 0 if there is nothing to write. */
struct zs_extent {
	__u32 from, size;
};

/* HTTP/1's line */
static __always_inline struct zs_extent zs_put_state_line(struct zs_state_header *header, __u64 key)
{
	struct zs_tracestate *kept = zs_tracestate_find(key);
	__u32 length = kept ? zs_tracestate_text(header->text, kept, key) : 0;
	char *end;

	if (!length)
		return (struct zs_extent){};
	__builtin_memcpy(header->before + 16 - ZS_STATE_LINE_BEFORE, "tracestate: ", ZS_STATE_LINE_BEFORE);
	asm volatile("%0 &= %1" : "+r"(length) : "i"(2 * ZS_TRACESTATE_MAX - 1));
	if (length > ZS_TRACESTATE_MAX)
		return (struct zs_extent){};
	end = (char *)header + sizeof(header->before) + length;
	end[0] = '\r';
	end[1] = '\n';
	return (struct zs_extent){16 - ZS_STATE_LINE_BEFORE, ZS_STATE_LINE_BEFORE + length + 2};
}

/* HPACK's field; its length in 7 bits, or 127 in them and the rest in groups of 7 (RFC 7541, 5.1 and 6.2.2). */
static __always_inline struct zs_extent zs_put_state_field(struct zs_state_header *header, __u64 key)
{
	struct zs_tracestate *kept = zs_tracestate_find(key);
	__u32 length = kept ? zs_tracestate_text(header->text, kept, key) : 0;
	char *before = header->before;

	if (!length)
		return (struct zs_extent){};
	if (length < 127) {
		__builtin_memcpy(before + 3, "\0\12tracestate", 12);
		before[15] = length;
		return (struct zs_extent){3, 13 + length};
	}
	if (length < 127 + 128) {
		__builtin_memcpy(before + 2, "\0\12tracestate\x7f", 13);
		before[15] = length - 127;
		return (struct zs_extent){2, 14 + length};
	}
	__builtin_memcpy(before + 1, "\0\12tracestate\x7f", 13);
	before[14] = 0x80 | (length - 127);
	before[15] = (length - 127) >> 7;
	return (struct zs_extent){1, 15 + length};
}
