/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Headers that are written into the buffer of a request; whatever can't be done, the buffer is what it was. */
#include "go_headers.h"
#include "http2_world.h"
#include "runner.h"
#include "spans.h"
#include <string.h>

#define LINES "GET / HTTP/1.1\r\nHost: shop\r\n"
#define LINE 70	 /* bytes of a traceparent's line */
#define FIELD 69 /* and of its field */

static struct goroutine caller, writer_loop;

/* A *bufio.Writer with room for so many bytes, some of them used, that writes to a connection. */
static go_ptr writer_to(go_ptr conn, const void *bytes, __u32 used, __u32 size)
{
	go_ptr writer = go_alloc(0x60), buffer = go_alloc(size);
	struct interface to = go_interface_of(TYPE_CONN_WRITER, conn);

	go_put_bytes(buffer, bytes, used);
	go_put(writer + WRITER_ERR, 0);
	go_put(writer + WRITER_BUF, buffer);
	go_put(writer + WRITER_BUF + 8, size);
	go_put(writer + WRITER_BUF + 16, size);
	go_put(writer + WRITER_N, used);
	go_put_bytes(writer + WRITER_WR, &to, sizeof(to));
	return writer;
}

static void run_memory(const char *program, struct goroutine goroutine, const go_ptr arguments[9])
{
	const struct process *former = kernel_run_as(goroutine.process);

	probes_run(MEMORY, program, goroutine.g, arguments);
	kernel_run_as(former);
}

static void write_headers(go_ptr writer)
{
	struct interface w = go_interface_of(TYPE_BUFIO_WRITER, writer);

	run_memory("headers_written", writer_loop, (const go_ptr[9]){0, w.itab, w.data});
}

/* A request goes out over the connection that it answers. */
static go_ptr call(__u64 formats)
{
	go_ptr conn = go_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));

	probes_set("zs_out_formats", formats);
	caller = go_routine(&DESK, 33);
	writer_loop = go_routine(&DESK, 35);
	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	client_connected(caller, conn);
	return conn;
}

static const char *text_of(go_ptr writer)
{
	static char text[4096];
	__u64 n = go_get(writer + WRITER_N);

	EXPECT_EQUAL(go_heap_read(text, n, go_get(writer + WRITER_BUF)), 0);
	text[n] = 0;
	return text;
}

static go_ptr written(go_ptr conn, __u32 room)
{
	go_ptr writer = writer_to(conn, LINES, strlen(LINES), strlen(LINES) + room);

	write_headers(writer);
	return writer;
}

TEST(memory_request_getsALine)
{
	const char *text = text_of(written(call(1), LINE));

	EXPECT_EQUAL(strlen(text), strlen(LINES) + LINE);
	EXPECT(!strncmp(text, LINES "traceparent: 00-", strlen(LINES) + 16));
	EXPECT_TEXT(text + strlen(text) - 5, "-01\r\n");
	EXPECT_EQUAL(kernel_counter(ZS_OUT_MEMORY_WRITTEN), 1);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(memory_bothFormats_areWritten)
{
	const char *text = text_of(written(call(3), 200));

	EXPECT_EQUAL(strlen(text), strlen(LINES) + LINE + 57);
	EXPECT(strstr(text, "\r\nb3: "));
}

TEST(memory_headersOfTheTransport_getNoSecondLine)
{
	go_ptr writer = written(call(1), 200);

	write_headers(writer);
	EXPECT_EQUAL(strlen(text_of(writer)), strlen(LINES) + LINE);
}

TEST(memory_withoutRoom_isUntouchedAndCounted)
{
	EXPECT_TEXT(text_of(written(call(1), LINE - 1)), LINES);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_MEMORY_UNFIT), 1);
}

TEST(memory_writerThatHasFailed_isUntouchedAndCounted)
{
	go_ptr writer = writer_to(call(1), LINES, strlen(LINES), 200);

	go_put(writer + WRITER_ERR, 1);
	write_headers(writer);
	EXPECT_TEXT(text_of(writer), LINES);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_MEMORY_UNFIT), 1);
}

/* A server's answer, a file, anything that headers are written to. */
TEST(memory_otherWriters_areUntouched)
{
	go_ptr conn = call(1), writer = writer_to(conn, LINES, strlen(LINES), 200);
	struct interface other = go_interface_of(TYPE_UNIX_CONN, writer), to = go_interface_of(TYPE_UNIX_CONN, conn);

	run_memory("headers_written", writer_loop, (const go_ptr[9]){0, other.itab, other.data});
	EXPECT_TEXT(text_of(writer), LINES);
	go_put_bytes(writer + WRITER_WR, &to, sizeof(to));
	write_headers(writer);
	EXPECT_TEXT(text_of(writer), LINES);
}

TEST(memory_pageThatIsNotThere_isCounted)
{
	go_ptr writer = writer_to(call(1), LINES, strlen(LINES), 200);

	go_lose(go_get(writer + WRITER_BUF));
	write_headers(writer);
	EXPECT_EQUAL(go_get(writer + WRITER_N), strlen(LINES));
	EXPECT_EQUAL(kernel_counter(ZS_OUT_MEMORY_FAILED), 1);
}

static go_ptr http2_client;

/* A stream's frame stands in the connection's buffer, with a payload of 40 bytes and so much room behind. */
static go_ptr frame_of(__u32 stream, __u8 flags, __u32 room)
{
	__u8 bytes[49] = {0, 0, 40, 1, flags, 0, 0, 0, 1, [9 ... 48] = 'h'};
	go_ptr writer = writer_to(0, bytes, sizeof(bytes), sizeof(bytes) + room);
	__u32 own = probes_get(MEMORY, "own_client_bw");

	probes_set("zs_out_formats", 1);
	http2_client = http2_client_conn(go_tcp_conn_of(CLIENT_END, SERVER_END));
	go_put(http2_client + (own == ZS_NO_FIELD ? HTTP2_CLIENT_BW : own), writer);
	caller = go_routine(&DESK, 33);
	client_start(caller, go_client_request("GET", A_URL(), go_background()));
	http2_attempt(NET_HTTP, caller, http2_client);
	writer_loop = http2_writer(caller, 35);
	http2_write(NET_HTTP, writer_loop, stream);
	run_memory("net_frame_written", writer_loop, (const go_ptr[9]){0});
	return writer;
}

static void expect_untouched(go_ptr writer)
{
	EXPECT_EQUAL(go_get(writer + WRITER_N), 49);
	EXPECT_EQUAL(go_get(go_get(writer + WRITER_BUF)) >> 16 & 0xff, 40);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_MEMORY_UNFIT), 1);
}

TEST(memory_http2Frame_isExtended)
{
	go_ptr writer = frame_of(1, 4, FIELD);
	__u8 bytes[49 + FIELD];

	EXPECT_EQUAL(go_get(writer + WRITER_N), sizeof(bytes));
	EXPECT_EQUAL(go_heap_read(bytes, sizeof(bytes), go_get(writer + WRITER_BUF)), 0);
	EXPECT_EQUAL(bytes[2], 40 + FIELD);
	EXPECT(!memcmp(bytes + 49, "\0\13traceparent\x37" "00-", 17));
	EXPECT_EQUAL(kernel_counter(ZS_OUT_MEMORY_WRITTEN), 1);
	EXPECT_EQUAL(kernel_losses(), 0);
}

TEST(memory_http2Frame_ofNetHttpsOwnPackageIsExtended)
{
	http2_own();
	EXPECT_EQUAL(go_get(frame_of(1, 4, FIELD) + WRITER_N), 49 + FIELD);
	EXPECT_EQUAL(kernel_counter(ZS_OUT_MEMORY_WRITTEN), 1);
}

TEST(memory_http2Frame_withoutRoomIsUntouched)
{
	expect_untouched(frame_of(1, 4, FIELD - 1));
}

TEST(memory_http2Frame_whichOthersContinueIsUntouched)
{
	expect_untouched(frame_of(1, 0, 200));
}

TEST(memory_http2Frame_thatIsPaddedIsUntouched)
{
	expect_untouched(frame_of(1, 4 | 8, 200));
}

TEST(memory_http2Frame_ofAnotherStreamIsUntouched)
{
	expect_untouched(frame_of(3, 4, 200));
}
