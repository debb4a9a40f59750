/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Fields that are written at the socket into HTTP/2's HEADERS frames, wherever messages begin and end in them. */
#include "fake_sockets.h"
#include "http2_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define END_STREAM 1
#define END_HEADERS 4
#define PADDED 8
#define DATA 0
#define HEADERS 1
#define CONTINUATION 9
#define FIELD 69 /* bytes of a traceparent */

static struct goroutine caller;
static __u8 bytes[MESSAGE_MAX];
static __u32 size;

/* Adds a frame to the message; its payload counts on. */
static void frame(__u8 type, __u8 flags, __u32 stream, __u32 length)
{
	__u8 header[9] = {length >> 16, length >> 8, length, type, flags, stream >> 24, stream >> 16, stream >> 8, stream};

	memcpy(bytes + size, header, sizeof(header));
	for (__u32 i = 0; i < length; i++)
		bytes[size + 9 + i] = i;
	size += 9 + length;
}

/* The message goes out and another one begins. */
static const struct sent *flush(void)
{
	const struct sent *sent = socket_send(&DESK, bytes, size);

	size = 0;
	return sent;
}

static void flush_unchanged(void)
{
	__u8 copy[MESSAGE_MAX];
	__u32 length = size;

	memcpy(copy, bytes, size);
	const struct sent *sent = flush();
	EXPECT_EQUAL(sent->size, length);
	EXPECT(!memcmp(sent->bytes, copy, length));
}

static void call(__u32 stream)
{
	struct interface conn = go_tcp_conn_of(CLIENT_END, SERVER_END);

	probes_set("zs_out_formats", 1);
	caller = go_routine(&DESK, 33 + stream);
	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	http2_attempt(NET_HTTP, caller, http2_client_conn(conn));
	http2_write(NET_HTTP, http2_writer(caller, 133 + stream), stream);
}

static void begin(void)
{
	sockets_reset();
	size = 0;
	memcpy(bytes, PREFACE, 24);
	size = 24;
	frame(4, 0, 0, 12);
	frame(8, 0, 0, 4);
}

/* The frame at a place has its own fields, and behind them a traceparent. */
static void expect_extended(const struct sent *sent, __u32 at, __u32 length)
{
	const __u8 *header = sent->bytes + at, *end = header + 9 + length;

	EXPECT_EQUAL(header[0] << 16 | header[1] << 8 | header[2], length + FIELD);
	for (__u32 i = 0; i < length; i++)
		EXPECT_EQUAL(header[9 + i], (__u8)i);
	EXPECT(!memcmp(end, "\0\13traceparent\x37" "00-", 17));
	EXPECT(!memcmp(end + FIELD - 3, "-01", 3));
}

TEST(http2_socket_frameThatOpensAStream_isExtended)
{
	begin();
	flush_unchanged();
	call(1);
	frame(HEADERS, END_HEADERS | END_STREAM, 1, 40);
	const struct sent *sent = flush();

	EXPECT_EQUAL(sent->size, 9 + 40 + FIELD);
	expect_extended(sent, 0, 40);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_WRITTEN), 1);
}

TEST(http2_socket_framesAround_stayAsTheyAre)
{
	begin();
	call(1);
	frame(HEADERS, END_HEADERS, 1, 40);
	frame(DATA, END_STREAM, 1, 30);
	__u32 before = 24 + 9 + 12 + 9 + 4, length = size;
	__u8 copy[200];

	memcpy(copy, bytes, size);
	const struct sent *sent = flush();
	EXPECT_EQUAL(sent->size, length + FIELD);
	EXPECT(!memcmp(sent->bytes, copy, before));
	expect_extended(sent, before, 40);
	EXPECT(!memcmp(sent->bytes + before + 49 + FIELD, copy + before + 49, 39));
}

TEST(http2_socket_twoStreamsInOneMessage_getEachTheirOwn)
{
	begin();
	flush();
	call(1);
	call(3);
	frame(HEADERS, END_HEADERS, 1, 40);
	frame(HEADERS, END_HEADERS, 3, 50);
	const struct sent *sent = flush();

	expect_extended(sent, 0, 40);
	expect_extended(sent, 49 + FIELD, 50);
	EXPECT(memcmp(sent->bytes + 9 + 40 + 17, sent->bytes + 49 + FIELD + 9 + 50 + 17, 32));
}

TEST(http2_socket_dataThatLooksLikeAFrame_isUntouched)
{
	begin();
	flush();
	call(1);
	frame(DATA, 0, 7, 1000);
	memcpy(bytes + 500, (__u8[]){0, 0, 40, HEADERS, END_HEADERS, 0, 0, 0, 1}, 9);
	__u32 rest = size - 500;
	size = 500;
	flush_unchanged();
	memcpy(bytes, (__u8[]){0, 0, 40, HEADERS, END_HEADERS, 0, 0, 0, 1}, 9);
	size = rest;
	flush_unchanged();
	frame(HEADERS, END_HEADERS, 1, 40);
	expect_extended(flush(), 0, 40);
}

TEST(http2_socket_framesThatCannotGrow_areUntouchedAndCounted)
{
	begin();
	flush();
	call(1);
	frame(HEADERS, 0, 1, 40);
	frame(CONTINUATION, END_HEADERS, 1, 40);
	flush_unchanged();
	call(3);
	frame(HEADERS, END_HEADERS | PADDED, 3, 40);
	flush_unchanged();
	call(5);
	frame(HEADERS, END_HEADERS, 5, 16384 - FIELD);
	flush_unchanged();
	call(7);
	frame(HEADERS, END_HEADERS, 7, 40);
	size -= 10;
	flush_unchanged();
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_UNFIT), 4);
}

TEST(http2_socket_trailers_areUntouched)
{
	begin();
	flush();
	call(1);
	frame(HEADERS, END_HEADERS, 1, 40);
	flush();
	frame(HEADERS, END_HEADERS | END_STREAM, 1, 40);
	flush_unchanged();
}

TEST(http2_socket_withoutRoomForAll_isUntouchedAndCounted)
{
	begin();
	flush();
	call(1);
	sockets_unsent(95000, 100000);
	frame(HEADERS, END_HEADERS, 1, 40);
	flush_unchanged();
	EXPECT_EQUAL(kernel_counter(ZS_OUT_SOCKET_BUSY), 1);
}

TEST(http2_socket_whoseFramesAreLost_isLeftAlone)
{
	begin();
	flush();
	for (int i = 0; i < 20; i++)
		frame(DATA, 0, 1, 1);
	flush_unchanged();
	call(1);
	frame(HEADERS, END_HEADERS, 1, 40);
	flush_unchanged();
}

TEST(http2_socket_openBeforeWeCame_isJoinedAtAWholeFrame)
{
	sockets_reset();
	size = 0;
	frame(DATA, 0, 1, 40);
	flush_unchanged();
	call(3);
	frame(HEADERS, END_HEADERS, 3, 40);
	frame(DATA, 0, 3, 40);
	flush_unchanged();
	frame(HEADERS, END_HEADERS | END_STREAM, 3, 40);
	expect_extended(flush(), 0, 40);
	call(5);
	frame(HEADERS, END_HEADERS, 5, 40);
	frame(DATA, 0, 5, 40);
	expect_extended(flush(), 0, 40);
}

TEST(http2_socket_whereTheKernelHasNoMemory_isNeverHalfDone)
{
	for (int nth = 1;; nth++) {
		begin();
		flush();
		call(1);
		frame(HEADERS, END_HEADERS, 1, 40);
		__u32 length = size;
		sockets_fail(nth);
		const struct sent *sent = flush();

		client_end(caller, go_reply(200));
		take_span();
		EXPECT(sent->size == length || sent->size == length + FIELD);
		EXPECT_EQUAL(sent->bytes[2], sent->size - 9);
		for (int i = 0; i < 40; i++)
			EXPECT_EQUAL(sent->bytes[9 + i], i);
		if (!sockets_failed())
			break;
		EXPECT(nth < 10);
	}
}
